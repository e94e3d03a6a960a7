import type { Chunk, LanguageModel, Options, Passage } from '../model/languageModel';
import { failingAlone, interleave } from '../model/interleave';

/** Words of a branch that tell what it is about; the next one starts when they are there. */
const TELLING_WORDS = 30;

/**
 * In-context regeneration: each branch is asked for with the beginnings of those before it named, and
 * starts as soon as these are known, so that the branches still stream side by side.
 * @see Zhang et al., NoveltyBench (2025): in-context regeneration gives the most distinct answers
 */
export async function* namingTheTaken(
  model: LanguageModel,
  passage: Passage,
  options: Options,
  siblings: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const told = Array.from({ length: options.n }, () => new Telling());
  const streams = told.map((telling, branch) =>
    failingAlone(
      branch,
      oneBranch({ model, passage, options, signal, branch, telling }, async () => {
        await Promise.all(told.slice(0, branch).map(({ known }) => known));
        const beginnings = told.slice(0, branch).map(({ text }) => text);
        return [...siblings, ...beginnings].map(beginningOf).filter((text) => text !== '');
      }),
    ),
  );
  yield* interleave(streams);
}

interface OneBranch {
  model: LanguageModel;
  passage: Passage;
  options: Options;
  signal: AbortSignal;
  branch: number;
  telling: Telling;
}

async function* oneBranch(
  { model, passage, options, signal, branch, telling }: OneBranch,
  taken: () => Promise<readonly string[]>,
): AsyncGenerator<Chunk, void, undefined> {
  try {
    const asked: Passage = { ...passage, taken: await taken() };
    const { seed } = options;
    const one: Options = {
      ...options,
      n: 1,
      ...(seed === undefined ? {} : { seed: seed + branch }),
    };
    for await (const chunk of model.continue(asked, one, signal)) {
      if (chunk.kind === 'delta') {
        telling.add(chunk.text);
      }
      yield { ...chunk, branch };
    }
  } finally {
    telling.end();
  }
}

/** A branch as far as it has come, and when enough of it is there. */
class Telling {
  text = '';
  #tell: () => void = () => undefined;
  readonly known = new Promise<void>((resolve) => {
    this.#tell = resolve;
  });

  add(text: string): void {
    this.text += text;
    if (this.text.split(/\s+/u).length > TELLING_WORDS) {
      this.#tell();
    }
  }

  end(): void {
    this.#tell();
  }
}

function beginningOf(text: string): string {
  const words = text.trim().split(/\s+/u).filter(Boolean);
  const beginning = words.slice(0, TELLING_WORDS).join(' ');
  return words.length > TELLING_WORDS ? `${beginning}…` : beginning;
}
