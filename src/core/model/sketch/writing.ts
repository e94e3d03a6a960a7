import type { Clock } from '../../platform';
import type { Chunk, Options } from '../languageModel';
import { Branch } from './branch';
import { Distribution } from './distribution';
import { Guard } from './guard';
import type { Mixture } from './mixture';
import { openingAfter } from './opening';
import { QuoteState } from './quotes';
import { seededRandom } from './random';
import { Sampler } from './sampler';

/** Tokens a branch writes before the next one's turn; the first turn is one token, to show early. */
const TURN = 4;
/** Tokens written, all branches together, before other work may run: a few milliseconds. */
const SLICE = 64;
/** Tokens at the end of the passage that may not be repeated. */
const LOOK_BACK = 128;

/**
 * Streams `options.n` branches after a text, and tokens of the model's own that follow it, turn by turn.
 * @param options with its seed: branch i draws from the stream (seed, i)
 * @param promptTokens for the usage
 */
export async function* writeBranches(
  mixture: Mixture,
  { before, emitted = [] }: { before: string; emitted?: readonly string[] },
  options: Options & { seed: number },
  promptTokens: number,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const distribution = new Distribution(mixture);
  const opening = openingAfter(mixture, distribution, before, emitted);
  const written = before + emitted.join('');
  const quotes = QuoteState.after(written.slice(0, written.length - opening.last.length));
  const running = new Map<number, Branch>();
  for (let index = 0; index < options.n; index++) {
    const random = seededRandom(options.seed, index);
    const sampler = new Sampler(options, random, mixture.size);
    const guard = new Guard(mixture, opening.recent.slice(-LOOK_BACK), quotes.copy());
    running.set(index, new Branch(opening, distribution, sampler, guard, random, options));
  }
  const stopped = () => signal.aborted;
  let count = 0;
  for (let turn = 1; running.size > 0 && !stopped(); turn = TURN) {
    for (const [index, branch] of running) {
      const { text, tokens } = branch.write(turn);
      count += tokens.length;
      if (tokens.length > 0) {
        yield { branch: index, kind: 'delta', text, tokens };
      }
      if (branch.finish !== null) {
        running.delete(index);
        const usage = { promptTokens, completionTokens: branch.count };
        yield { branch: index, kind: 'end', finish: branch.finish, usage };
      }
      if (count >= SLICE) {
        count = 0;
        await clock.sleep(0, signal);
      }
      if (stopped()) {
        break;
      }
    }
  }
  for (const [index, { count }] of running) {
    const usage = { promptTokens, completionTokens: count };
    yield { branch: index, kind: 'end', finish: 'cancelled', usage };
  }
}
