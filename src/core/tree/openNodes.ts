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
}

/**
 * The branches still streaming, and what of them is in no event yet. Text is gathered so that a branch
 * becomes few events: one alone when it ends before the first was taken.
 */
export class OpenNodes {
  readonly #nodes = new Map<NodeId, OpenNode>();

  has(id: NodeId): boolean {
    return this.#nodes.has(id);
  }

  ids(): NodeId[] {
    return [...this.#nodes.keys()];
  }

  begin(birth: NodeBirth): void {
    this.#nodes.set(birth.id, { birth, text: '', born: false });
  }

  /** Adds text; false when the node is not open. */
  add(id: NodeId, text: string): boolean {
    const node = this.#nodes.get(id);
    if (node !== undefined) {
      node.text += text;
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
