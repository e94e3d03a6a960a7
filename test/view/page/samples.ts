/** Batches to show. Everything is made from a seed. */
import type { BatchView, BranchView, TokenView } from '../../../src/protocol';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const PROSE = [
  ' She put the lamp down on the sill and did not turn round. Outside, the tide had gone so far out that the boats lay over on their sides like sleepers.\n\n“You might have written,” she said.',
  ' He laughed, though nothing was funny, and went on laughing until the kettle took over from him.',
  ' The letter was still in his coat. He could feel it there, the way you feel a coin through a glove, and he knew that if he sat down it would crackle and she would hear.',
  ' Nobody had told her about the dog.\n\nIt came across the yard without hurry, as if it had been sent for, and sat.',
  ' By morning the snow had covered the cart, the pump, and the place where the boy had been digging; by noon it had covered the gate, and they stopped pretending that anyone would come.',
];

export const token = (
  text: string,
  probability: number | null,
  more: Partial<TokenView> = {},
): TokenView => ({
  text,
  logprob: probability === null ? null : Math.log(probability),
  alternatives: [],
  tail: null,
  ...more,
});

const WORDS = [' the', ' a', ' door', ' rain', ' never', ' his', ' light', ' stairs'];

/** A token with five alternatives around its own probability. */
function sampleToken(text: string, random: () => number): TokenView {
  const level = random();
  const p =
    level < 0.12
      ? 0.9995
      : level < 0.24
        ? 0.993
        : level < 0.42
          ? 0.92 + random() * 0.06
          : level < 0.52
            ? 0.001 + random() * 0.008
            : 0.1 + random() * 0.7;
  const alternatives = [{ text, logprob: Math.log(p) }];
  let left = 1 - p;
  for (const word of WORDS.slice(0, 4)) {
    const share = left * (0.3 + random() * 0.4);
    left -= share;
    alternatives.push({ text: word, logprob: Math.log(share) });
  }
  alternatives.sort((a, b) => b.logprob - a.logprob);
  return token(text, p, { alternatives, tail: left });
}

export function tokensOf(text: string, seed: number): TokenView[] {
  const random = randomFrom(seed);
  return (text.match(/\s?[\p{L}\p{N}]+|\n+|\s?[^\s\p{L}\p{N}]/gu) ?? []).map((piece) =>
    sampleToken(piece, random),
  );
}

export function branch(index: number, more: Partial<BranchView> = {}): BranchView {
  return {
    index,
    node: `node-${index}`,
    tokens: tokensOf(PROSE[index % PROSE.length] ?? '', index + 1),
    status: 'done',
    finish: 'stop',
    ...more,
  };
}

export function batch(branches: readonly BranchView[], more: Partial<BatchView> = {}): BatchView {
  return {
    id: 'batch-1',
    document: 'chapter-03.md',
    lead: '…and when the knock came again she said',
    models: [
      {
        label: 'Sketch',
        note: 'Built in: a small base model, fluent for a clause, with no understanding.',
      },
    ],
    hasSelection: false,
    canAskAgain: true,
    branches,
    inserted: null,
    position: { index: 1, count: 7 },
    notices: [],
    ...more,
  };
}

export const emptyBatch: BatchView = batch([], {
  id: null,
  document: '',
  lead: '',
  position: { index: 0, count: 0 },
  keys: { continue: 'Alt+Enter' },
});

export const branches = (count: number, more: Partial<BranchView> = {}): BranchView[] =>
  Array.from({ length: count }, (_, index) => branch(index, more));

/** A branch of so many tokens, still streaming. */
export function longTokens(count: number, seed: number): TokenView[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, at) => {
    const word = WORDS[Math.floor(random() * WORDS.length)] ?? '';
    return sampleToken(at % 60 === 59 ? '.\n\n' : word, random);
  });
}
