import type { Token } from '../core/model/token';
import type { DocumentJournal } from '../core/tree/documentJournal';
import type { NodeId } from '../core/tree/node';

/** The tokens of nodes, as they came or as the sidecar has them. */
export class TokenRuns {
  readonly #runs = new Map<NodeId, readonly Token[]>();

  readonly of = (node: NodeId): readonly Token[] | undefined => this.#runs.get(node);

  readonly set = (node: NodeId, tokens: readonly Token[]): void => {
    this.#runs.set(node, tokens);
  };

  /** Reads those that are not known yet. @returns whether there were any to look for */
  async load(journal: DocumentJournal, nodes: Iterable<NodeId>): Promise<boolean> {
    const wanted = [...nodes].filter((node) => !this.#runs.has(node));
    const { runs } = wanted.length > 0 ? await journal.loadRuns(wanted) : { runs: [] };
    for (const [node, { tokens }] of runs) {
      this.#runs.set(node, tokens);
    }
    return wanted.length > 0;
  }
}
