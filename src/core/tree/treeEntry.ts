import { ENDING_FIELDS, type EndingDetails, type EndStatus, type EventData } from './event';
import { compareStamps, type Stamp } from './journalReader';
import type { NodeStatus, TreeNode, WriterId } from './node';
import type { Repeats } from './repeats';

/** What a node is born with: everything but its text and how it ended. */
export type NodeBirth = Omit<TreeNode, 'text' | 'status' | keyof EndingDetails>;
/** The same as an event says it. */
export type SaidBirth = Omit<NodeBirth, 'source'> & Pick<EventData['node'], 'source'>;
/** How a node ended, and what is known of its tokens. */
export type NodeEnding = { status: EndStatus } & EndingDetails;

interface Piece {
  stamp: Stamp;
  text: string;
}

/** What few nodes of a long journal have, so that the others need no room for it. */
interface Rest {
  /** How it ended, for as long as there is no node to say it of. */
  early: NodeEnding | undefined;
  /** All pieces of text in order, from the second on. */
  pieces: Piece[] | undefined;
  /** Text that is not in the journal yet. */
  live: string;
  /** All of the text as another window had it, who had not yet told the journal. */
  left: string;
}

/** An entry whose node has come. */
export type BornEntry = TreeEntry & { node: TreeNode };

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
  /** The first piece of text to come: most nodes of a long journal have one. */
  #first: Stamp | undefined = undefined;
  #firstText = '';
  #rest: Rest | undefined = undefined;

  /**
   * Takes the node; of several claims to one id the first by time, writer and seq holds.
   * @returns this entry
   */
  bear(
    birth: SaidBirth,
    repeats: Repeats,
    stamp: Stamp | undefined,
    live: WriterId | undefined,
  ): BornEntry {
    if (this.node === undefined) {
      this.#birth = stamp;
      const { id, at, index, created, asked } = birth;
      const parent = repeats.parent(birth.parent);
      const batch = repeats.batch(birth.batch);
      const source = repeats.source(birth.source);
      const status = this.#statusWithoutEnd(live);
      const text = this.#wholeText();
      this.node = { id, parent, at, text, source, status, batch, index, created };
      if (asked !== undefined) {
        this.node.asked = asked;
      }
      if (this.#rest?.early !== undefined) {
        assignEnding(this.node, this.#rest.early);
        this.#rest.early = undefined;
      }
    } else if (this.#birth === undefined || (stamp !== undefined && precedes(stamp, this.#birth))) {
      this.#birth = stamp;
      const { id, parent, at, batch, index, created, asked } = birth;
      const source = repeats.source(birth.source);
      Object.assign(this.node, { id, parent, at, source, batch, index, created });
      if (asked !== undefined) {
        this.node.asked = asked;
      } else {
        delete this.node.asked;
      }
      if (this.#end === undefined) {
        this.node.status = this.#statusWithoutEnd(live);
      }
    }
    return this as BornEntry;
  }

  /** Adds text; pieces stand by writer and seq. */
  addText(stamp: Stamp, text: string): void {
    if (this.#first === undefined) {
      this.#first = stamp;
      this.#firstText = text;
      this.#showText();
      return;
    }
    const rest = this.#more();
    const pieces = (rest.pieces ??= [{ stamp: this.#first, text: this.#firstText }]);
    const piece = { stamp, text };
    const last = pieces.at(-1);
    pieces.push(piece);
    if (last !== undefined && comparePieces(last, piece) > 0) {
      pieces.sort(comparePieces);
      this.#showText();
    } else if (this.node !== undefined && rest.live === '' && rest.left === '') {
      // The common case, a stream read back: no need to join everything for each piece.
      this.node.text += text;
    } else {
      this.#showText();
    }
  }

  /** Text that is not in the journal yet; it stands at the end, in place of the live text before. */
  setLive(text: string): void {
    const live = this.#rest?.live ?? '';
    if (text === live) {
      return;
    }
    this.#more().live = text;
    if (this.node !== undefined && text.startsWith(live)) {
      this.node.text += text.slice(live.length);
      return;
    }
    this.#showText();
  }

  /** More live text; never looks at what is there, since it comes token by token. */
  growLive(text: string): void {
    this.#more().live += text;
    if (this.node !== undefined) {
      this.node.text += text;
    }
  }

  /** What another window had written of the node while it streamed: it counts until the node has an end. */
  setLeft(text: string): void {
    if (this.#end === undefined && text.length > (this.#rest?.left.length ?? 0)) {
      this.#more().left = text;
      this.#showText();
    }
  }

  /** Ends the node; of several ends the first by time, writer and seq holds. */
  finish(stamp: Stamp, ending: NodeEnding): void {
    if (this.#end !== undefined && !precedes(stamp, this.#end)) {
      return;
    }
    this.#end = stamp;
    if (this.#rest !== undefined && this.#rest.left !== '') {
      this.#rest.left = '';
      this.#showText();
    }
    if (this.node === undefined) {
      this.#more().early = ending;
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
    if (this.#rest === undefined) {
      return this.#firstText;
    }
    const { pieces, live, left } = this.#rest;
    const text = (pieces?.map((each) => each.text).join('') ?? this.#firstText) + live;
    return left.length > text.length && left.startsWith(text) ? left : text;
  }

  #more(): Rest {
    this.#rest ??= { early: undefined, pieces: undefined, live: '', left: '' };
    return this.#rest;
  }

  #statusWithoutEnd(live: WriterId | undefined): NodeStatus {
    // A window that is gone will never write the end: what came is all there is.
    return this.#birth === undefined || this.#birth.writer === live ? 'streaming' : 'stopped';
  }
}

function assignEnding(node: TreeNode, ending: NodeEnding): void {
  node.status = ending.status;
  assignDetails(node, ending);
}

/** Fields not given are taken away; `delete` is slow, so only what is there. */
function assignDetails(to: EndingDetails, details: EndingDetails): void {
  for (const field of ENDING_FIELDS) {
    assignDetail(to, field, details[field]);
  }
}

function assignDetail<F extends keyof EndingDetails>(
  to: EndingDetails,
  field: F,
  value: EndingDetails[F],
): void {
  if (value !== undefined) {
    to[field] = value;
  } else if (to[field] !== undefined) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of a fixed list of fields
    delete to[field];
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
