import type { EventData } from './event';
import type { EventDraft } from './journalWriter';
import type { NodeId } from './node';
import type { NodeBirth, NodeEnding } from './treeEntry';

interface OpenNode {
  birth: NodeBirth;
  /** Not yet in an event. */
  text: string;
  /** Whether its `node` event was taken. */
  born: boolean;
  /** Whether it has text of which it is not known that the journal has it. */
  unsettled: boolean;
}

/**
 * The branches still streaming, or not yet known to be written, and what of them is in no event yet. Text is gathered so that a branch
 * becomes few events: one alone when it ends before the first was taken.
 */
export class OpenNodes {
  readonly #nodes = new Map<NodeId, OpenNode>();
  readonly #ended = new Map<NodeId, NodeBirth>();

  has(id: NodeId): boolean {
    return this.#nodes.has(id);
  }

  ids(): NodeId[] {
    return [...this.#nodes.keys()];
  }

  /** Nodes with text of which it is not known that the journal has it. */
  unsettled(): NodeBirth[] {
    const open = [...this.#nodes.values()].filter((node) => node.unsettled);
    return [...this.#ended.values(), ...open.map(({ birth }) => birth)];
  }

  /** Everything handed out is written. */
  settle(): void {
    this.#ended.clear();
    for (const node of this.#nodes.values()) {
      node.unsettled &&= !node.born || node.text !== '';
    }
  }

  begin(birth: NodeBirth): void {
    this.#nodes.set(birth.id, { birth, text: '', born: false, unsettled: false });
  }

  /** Adds text; false when the node is not open. */
  add(id: NodeId, text: string): boolean {
    const node = this.#nodes.get(id);
    if (node !== undefined) {
      node.text += text;
      node.unsettled = true;
    }
    return node !== undefined;
  }

  /** The event that brings the journal up to date about a node, if any. */
  take(id: NodeId): EventDraft[] {
    const node = this.#nodes.get(id);
    if (node === undefined || (node.born && node.text === '')) {
      return [];
    }
    const { text, born, birth } = node;
    node.text = '';
    node.born = true;
    return [
      born
        ? { event: 'text', data: { node: id, text } }
        : { event: 'node', data: { ...birth, ...textField(text) } },
    ];
  }

  /** The event that ends a node, with what is not in the journal yet; it is open no longer. */
  end(id: NodeId, ending: NodeEnding): EventDraft[] {
    const node = this.#nodes.get(id);
    if (node === undefined) {
      return [];
    }
    this.#nodes.delete(id);
    const { text, born, birth } = node;
    this.#ended.set(id, birth);
    return [
      born
        ? { event: 'end', data: { node: id, ...textField(text), ...ending } }
        : { event: 'node', data: { ...birth, ...textField(text), ...ending } },
    ];
  }
}

function textField(text: string): Pick<EventData['node'], 'text'> {
  return text === '' ? {} : { text };
}
