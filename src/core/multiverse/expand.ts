import { toModelError, type ModelError } from '../model/error';
import type { Distribution } from './distribution';
import { Heap } from './heap';
import { canGoOn, ROOT_BLOCK, type Block, type Expansion, type Multiverse } from './multiverse';
import type { StoredTokens } from './stored';

/** How far to go. */
export interface Bounds {
  /** The block that is enlarged: the cut-off is a share of its path probability. */
  from: number;
  /** Blocks under this share (0 to 1) are shown, and not gone into. */
  cutoff: number;
}

/** Blocks that one call adds at most from what is stored. */
export const MOST_BLOCKS = 20_000;

/**
 * Grows from what is stored, most probable path first, down to the cut-off; the path that the draft took is
 * followed to its end. Costs no request.
 * @param most blocks added
 * @returns what was done, in order
 */
export function expandStored(
  multiverse: Multiverse,
  stored: StoredTokens,
  { from, cutoff }: Bounds,
  most = MOST_BLOCKS,
): readonly Expansion[] {
  const open = new Heap<Block>();
  const top = multiverse.block(from);
  const least = cutoff * (top?.path ?? 0);
  const offer = (block: Block) => {
    if (canGoOn(block) && (block.path >= least || isTaken(block))) {
      open.push(block.path, block);
    }
  };
  if (top) {
    offer(top);
  }
  const done: Expansion[] = [];
  let added = 0;
  for (let next = open.pop(); next && added < most; next = open.pop()) {
    const { id } = next.value;
    if (multiverse.after(id) === undefined) {
      const distribution = stored.at(multiverse.tokensTo(id));
      if (distribution !== null) {
        const expansion = { block: id, distribution, origin: 'stored' } as const;
        added += multiverse.expand(expansion).length;
        done.push(expansion);
      }
    }
    multiverse.children(id).forEach(offer);
  }
  return done;
}

/** Asks what follows a path. @returns null when it was asked and gave no list */
export type Ask = (path: readonly string[], signal: AbortSignal) => Promise<Distribution | null>;

export interface AskBounds extends Bounds {
  /** Requests at most. */
  requests: number;
  /** Requests under way at the same time. */
  atOnce: number;
  /** A list that is there already is asked for anew only if it has fewer entries. */
  listed: number;
}

/** Told after every answer. */
export type OnAnswer = (asked: number, grown: Expansion | null) => void;

/**
 * How it ended: `done` nothing is left above the cut-off, `bound` as many requests were made as were
 * allowed, `stopped` it was called off, `failed` a request failed. What came is there in every case.
 */
export interface Outcome {
  kind: 'done' | 'bound' | 'stopped' | 'failed';
  /** Requests made. */
  asked: number;
  error?: ModelError;
}

/**
 * Grows by asking, where the most mass would be uncovered first: a block that nothing is known of counts
 * with its path probability, one whose list is short with the mass that it leaves out.
 */
export async function expandByAsking(
  multiverse: Multiverse,
  ask: Ask,
  bounds: AskBounds,
  signal: AbortSignal,
  onAnswer: OnAnswer,
): Promise<Outcome> {
  const open = askable(multiverse, bounds);
  const stopped = () => signal.aborted;
  let asked = 0;
  while (!stopped()) {
    const round: Block[] = [];
    while (round.length < bounds.atOnce && asked + round.length < bounds.requests) {
      const next = open.pop();
      if (!next) {
        break;
      }
      round.push(next.value);
    }
    if (round.length === 0) {
      return { kind: asked >= bounds.requests && open.size > 0 ? 'bound' : 'done', asked };
    }
    const answers = await Promise.allSettled(
      round.map((block) => ask(multiverse.tokensTo(block.id), signal)),
    );
    let error: ModelError | undefined;
    answers.forEach((answer, at) => {
      asked += 1;
      const block = round[at];
      if (answer.status === 'rejected') {
        error ??= toModelError(answer.reason);
      } else if (block) {
        const grown = answer.value && grow(multiverse, block, answer.value, open, bounds);
        onAnswer(asked, grown);
      }
    });
    if (error && !stopped()) {
      return { kind: 'failed', asked, error };
    }
  }
  return { kind: 'stopped', asked };
}

function grow(
  multiverse: Multiverse,
  { id }: Block,
  distribution: Distribution,
  open: Heap<Block>,
  bounds: Bounds,
): Expansion {
  const expansion = { block: id, distribution, origin: 'model' } as const;
  const least = leastPath(multiverse, bounds);
  for (const block of multiverse.expand(expansion)) {
    if (canGoOn(block) && block.path >= least) {
      open.push(block.path, block);
    }
  }
  return expansion;
}

/** What asking could uncover, by the mass of it. */
export function askable(
  multiverse: Multiverse,
  bounds: Bounds & Pick<AskBounds, 'listed'>,
): Heap<Block> {
  const open = new Heap<Block>();
  const least = leastPath(multiverse, bounds);
  const look = [multiverse.block(bounds.from)];
  for (let block = look.pop(); block; block = look.pop()) {
    if (!canGoOn(block) || block.path < least) {
      continue;
    }
    const after = multiverse.after(block.id);
    const mass = block.path * (after?.tail ?? 1);
    const isShort = after?.origin === 'stored' && after.children.length < bounds.listed;
    if (mass >= least && (after === undefined || isShort)) {
      open.push(mass, block);
    }
    look.push(...multiverse.children(block.id));
  }
  return open;
}

function leastPath(multiverse: Multiverse, { from, cutoff }: Bounds): number {
  return cutoff * (multiverse.block(from)?.path ?? 0);
}

function isTaken({ id, taken }: Block): boolean {
  return taken && id !== ROOT_BLOCK;
}
