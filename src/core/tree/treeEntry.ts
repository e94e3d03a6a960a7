import type { EndStatus, EventData } from './event';
import { compareStamps, type Stamp } from './journalReader';
import type { NodeStatus, TreeNode, WriterId } from './node';

/** What a node is born with: everything but its text and how it ended. */
export type NodeBirth = Omit<TreeNode, 'text' | 'status' | 'finish' | 'error' | 'run'>;
/** How a node ended, and what is known of its tokens. */
export type NodeEnding = { status: EndStatus } & Pick<TreeNode, 'finish' | 'error' | 'run'>;

interface Piece {
  stamp: Stamp;
  text: string;
}

/**
 * What is known of one node so far. Events may come in any order, its text before the node itself; the
 * outcome is the same.
 */
export class TreeEntry {
  /** Undefined until the node itself has come. Stays the same object and is kept up to date. */
  node: TreeNode | undefined = undefined;
  /** The event the node came with; undefined while it is only in this window. */
  #birth: Stamp | undefined = undefined;
  /** The event that ended the node. */
  #end: Stamp | undefined = undefined;
  /** How it ended, for as long as there is no node to say it of. */
  #early: NodeEnding | undefined = undefined;
  /** The first piece of text to come, unless `#pieces` has it: most nodes of a long journal have one. */
  #first: Stamp | undefined = undefined;
  #firstText = '';
  /** All pieces in order, from the second on. */
  #pieces: Piece[] | undefined = undefined;
  #live = '';

  /** Takes the node; of several claims to one id the first by time, writer and seq holds. */
  bear(birth: NodeBirth, stamp: Stamp | undefined, live: WriterId | undefined): TreeNode {
    if (this.node === undefined) {
      this.#birth = stamp;
      const { id, parent, at, source, batch, index, created } = birth;
      const status = this.#statusWithoutEnd(live);
      const text = this.#wholeText();
      this.node = { id, parent, at, text, source, status, batch, index, created };
      if (this.#early !== undefined) {
        assignEnding(this.node, this.#early);
        this.#early = undefined;
      }
    } else if (this.#birth === undefined || (stamp !== undefined && precedes(stamp, this.#birth))) {
      this.#birth = stamp;
      const { id, parent, at, source, batch, index, created } = birth;
      Object.assign(this.node, { id, parent, at, source, batch, index, created });
      if (this.#end === undefined) {
        this.node.status = this.#statusWithoutEnd(live);
      }
    }
    return this.node;
  }

  /** Adds text; pieces stand by writer and seq. */
  addText(stamp: Stamp, text: string): void {
    if (this.#first === undefined) {
      this.#first = stamp;
      this.#firstText = text;
      this.#showText();
      return;
    }
    const pieces = (this.#pieces ??= [{ stamp: this.#first, text: this.#firstText }]);
    const piece = { stamp, text };
    const last = pieces.at(-1);
    pieces.push(piece);
    if (last !== undefined && comparePieces(last, piece) > 0) {
      pieces.sort(comparePieces);
      this.#showText();
    } else if (this.node !== undefined && this.#live === '') {
      // The common case, a stream read back: no need to join everything for each piece.
      this.node.text += text;
    } else {
      this.#showText();
    }
  }

  /** Text that is not in the journal yet; it stands at the end, in place of the live text before. */
  setLive(text: string): void {
    if (this.node !== undefined && text.startsWith(this.#live)) {
      this.node.text += text.slice(this.#live.length);
      this.#live = text;
      return;
    }
    this.#live = text;
    this.#showText();
  }

  /** Ends the node; of several ends the first by time, writer and seq holds. */
  finish(stamp: Stamp, ending: NodeEnding): void {
    if (this.#end !== undefined && !precedes(stamp, this.#end)) {
      return;
    }
    this.#end = stamp;
    if (this.node === undefined) {
      this.#early = ending;
    } else {
      assignEnding(this.node, ending);
    }
  }

  #showText(): void {
    if (this.node !== undefined) {
      this.node.text = this.#wholeText();
    }
  }

  #wholeText(): string {
    const text = this.#pieces?.map((each) => each.text).join('') ?? this.#firstText;
    return text + this.#live;
  }

  #statusWithoutEnd(live: WriterId | undefined): NodeStatus {
    // A window that is gone will never write the end: what came is all there is.
    return this.#birth === undefined || this.#birth.writer === live ? 'streaming' : 'stopped';
  }
}

/** The ending that an event carries; undefined for a node that was not complete when it was written. */
export function endingOf(data: EventData['node'] | EventData['end']): NodeEnding | undefined {
  const { status, finish, error, run } = data;
  if (status === undefined) {
    return undefined;
  }
  const ending: NodeEnding = { status };
  assignDetails(ending, { finish, error, run });
  return ending;
}

function assignEnding(node: TreeNode, ending: NodeEnding): void {
  node.status = ending.status;
  assignDetails(node, ending);
}

type Details = { [K in 'finish' | 'error' | 'run']?: TreeNode[K] | undefined };

/** Fields not given are taken away; `delete` is slow, so only what is there. */
function assignDetails(to: Pick<TreeNode, 'finish' | 'error' | 'run'>, details: Details): void {
  const { finish, error, run } = details;
  if (finish !== undefined) {
    to.finish = finish;
  } else if (to.finish !== undefined) {
    delete to.finish;
  }
  if (error !== undefined) {
    to.error = error;
  } else if (to.error !== undefined) {
    delete to.error;
  }
  if (run !== undefined) {
    to.run = run;
  } else if (to.run !== undefined) {
    delete to.run;
  }
}

function precedes(a: Stamp, b: Stamp): boolean {
  return compareStamps(a, b) < 0;
}

function comparePieces(a: Piece, b: Piece): number {
  const [left, right] = [a.stamp, b.stamp];
  if (left.writer !== right.writer) {
    return left.writer < right.writer ? -1 : 1;
  }
  return left.seq - right.seq;
}
