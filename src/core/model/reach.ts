import {
  paragraphBreakOf,
  type Border,
  type BorderSearch,
  type ParagraphBreak,
} from '../text/border';
import { paragraphEnd } from '../text/paragraph';
import { sceneEnd } from '../text/scene';
import { sentenceEnd } from '../text/sentence';
import { HeldText, type TokenText } from './heldText';
import type { Chunk, Reach } from './languageModel';

export interface ReachOptions {
  /** Branches in the stream: when all have ended, the source is told to stop. */
  n: number;
  /** The text before the place: it shows how this draft parts its paragraphs. */
  before?: string;
}

const FIND_END: Record<Reach, (text: string, search: BorderSearch) => Border> = {
  sentence: sentenceEnd,
  paragraph: paragraphEnd,
  scene: sceneEnd,
};

/**
 * Ends each branch after its first whole sentence, paragraph or scene, exactly there; what the model writes
 * beyond is left out, and a branch that never gets there ends as the model ended it. Text is held back only
 * while it may lie beyond the border. The source is returned from as soon as no branch goes on.
 */
export function limitReach(
  stream: AsyncIterable<Chunk>,
  reach: Reach | undefined,
  options: ReachOptions,
): AsyncIterable<Chunk> {
  return reach === undefined ? stream : limited(stream, reach, options);
}

async function* limited(
  stream: AsyncIterable<Chunk>,
  reach: Reach,
  { n, before = '' }: ReachOptions,
): AsyncGenerator<Chunk, void, undefined> {
  const breaks = paragraphBreakOf(before);
  const branches = Array.from({ length: n }, () => new LimitedBranch(reach, breaks));
  for await (const chunk of stream) {
    const branch = branches[chunk.branch];
    if (branch?.ended !== false) {
      continue;
    }
    for (const passed of branch.take(chunk)) {
      yield passed;
    }
    if (branches.every(({ ended }) => ended)) {
      return;
    }
  }
  for (const [index, branch] of branches.entries()) {
    yield* branch.rest(index);
  }
}

/** One branch: what of it is held back, and whether it has ended. */
class LimitedBranch {
  readonly #held = new HeldText();
  #text = '';
  #resume = 0;
  ended = false;

  constructor(
    private readonly reach: Reach,
    private readonly breaks: ParagraphBreak,
  ) {}

  /** What a chunk lets through. */
  take(chunk: Chunk): Chunk[] {
    const { branch } = chunk;
    if (chunk.kind === 'delta') {
      this.#text += chunk.text;
      this.#held.add(chunk.text, chunk.tokens);
      const border = this.#search(false);
      return border.found
        ? [...this.#cut(branch, border.end), { branch, kind: 'end', finish: 'stop' }]
        : deltas(branch, this.#held.release(border.safe));
    }
    const wasWhole = chunk.kind === 'end' && (chunk.finish === 'stop' || chunk.finish === 'length');
    const border = wasWhole ? this.#search(true) : undefined;
    if (chunk.kind === 'end' && border?.found) {
      return [...this.#cut(branch, border.end), { ...chunk, finish: 'stop' }];
    }
    this.ended = true;
    return [...this.rest(branch), chunk];
  }

  /** What is still held back. */
  rest(branch: number): Chunk[] {
    return deltas(branch, this.#held.flush());
  }

  #search(complete: boolean): Border {
    const search = { from: this.#resume, complete, breaks: this.breaks };
    const border = FIND_END[this.reach](this.#text, search);
    if (!border.found) {
      this.#resume = border.resume;
    }
    return border;
  }

  #cut(branch: number, end: number): Chunk[] {
    this.ended = true;
    const kept = deltas(branch, this.#held.releaseExactly(end));
    this.#held.drop(this.#held.end);
    return kept;
  }
}

function deltas(branch: number, { text, tokens }: TokenText): Chunk[] {
  return text === '' && tokens.length === 0 ? [] : [{ branch, kind: 'delta', text, tokens }];
}
