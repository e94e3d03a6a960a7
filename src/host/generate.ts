import { Collector, type CollectedBranch } from '../core/model/collector';
import type { Options } from '../core/model/languageModel';
import type { Run, Token } from '../core/model/token';
import type { DocumentJournal } from '../core/tree/documentJournal';
import type { NodeId } from '../core/tree/node';
import type { BranchDelta } from '../protocol';
import { tokenViews, type Request } from './batch';

/** A card and the node on it. */
export interface Card {
  index: number;
  node: NodeId;
}

export interface Generation {
  request: Request;
  /** One for each branch asked for, in the model's order. */
  cards: readonly Card[];
  journal: DocumentJournal;
  signal: AbortSignal;
  /** Told of tokens as they come, and of ends. */
  onGrow: (delta: BranchDelta) => void;
  /** Told of the tokens of a node whenever they have grown. */
  onTokens: (node: NodeId, tokens: readonly Token[]) => void;
  /** Told when something could not be written down. */
  onWriteError: (error: unknown) => void;
}

/** Streams branches into the journal and to the view. Never rejects: what goes wrong is on the cards. */
export async function generate(generation: Generation): Promise<void> {
  const { request, cards, signal } = generation;
  const options: Options = { ...request.options, n: cards.length };
  const collector = new Collector(cards.length);
  try {
    for await (const chunk of request.model.continue(request.passage, options, signal)) {
      const added = collector.add(chunk);
      const branch = collector.branches[chunk.branch];
      if (branch) {
        grow(generation, branch, added);
      }
    }
    close(generation, collector, signal.aborted ? { cancelled: true } : { error: endedEarly() });
  } catch (error) {
    close(generation, collector, signal.aborted ? { cancelled: true } : { error });
  }
}

function endedEarly(): Error {
  return new Error('the model ended without saying so');
}

function close(
  generation: Generation,
  collector: Collector,
  reason: Parameters<Collector['close']>[0],
): void {
  for (const branch of collector.close(reason)) {
    grow(generation, branch, []);
  }
}

function grow(generation: Generation, branch: CollectedBranch, added: readonly Token[]): void {
  const card = generation.cards[branch.index];
  if (!card) {
    return;
  }
  const { journal, onGrow, onTokens } = generation;
  if (added.length > 0) {
    const start = added[0]?.start ?? 0;
    journal.recordText(card.node, branch.text.slice(start));
    onTokens(card.node, branch.tokens);
  }
  const tokens = tokenViews(added, branch.text);
  const { status, finish, error } = branch;
  if (status === 'streaming') {
    onGrow({ index: card.index, tokens });
    return;
  }
  const ending = { status, ...(finish ? { finish } : {}), ...(error ? { error } : {}) };
  journal
    .recordEnd(card.node, { ...ending, tokens: runOf(branch, generation) })
    .catch(generation.onWriteError);
  onGrow({ index: card.index, tokens, end: ending });
}

function runOf({ tokens }: CollectedBranch, { request }: Generation): Run {
  const { semantics } = request.model.capabilities.logprobs;
  return { semantics, bytes: 'none', tokens };
}
