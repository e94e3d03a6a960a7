/** Batches to show. Everything is made from a seed. */
import type { BatchView, BranchView, FlagView, IdeasView, TokenView } from '../../../src/protocol';

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
  return (text.match(/\n+|[ \t]+(?=[ \t\n])|\s?[\p{L}\p{N}]+|\s?[^\s\p{L}\p{N}]|\s/gu) ?? []).map(
    (piece) => sampleToken(piece, random),
  );
}

/** A different text for each branch. */
function proseOf(index: number): string {
  const round = Math.floor(index / PROSE.length);
  const prose = PROSE[index % PROSE.length] ?? '';
  return round === 0 ? prose : ` ${WORDS[round % WORDS.length] ?? ''}${prose} Again, ${index}.`;
}

export function branch(index: number, more: Partial<BranchView> = {}): BranchView {
  return {
    index,
    node: `node-${index}`,
    tokens: tokensOf(proseOf(index), index + 1),
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

/** Tokens at the beginning of every long branch. */
const SHARED_OPENING = 24;

/**
 * So many tokens of a long branch, as they might come: paragraphs, every third with emphasis in it, and
 * an opening that all such branches share.
 */
export function longTokens(count: number, seed: number): TokenView[] {
  const random = randomFrom(seed);
  const opening = randomFrom(0);
  return Array.from({ length: count }, (_, at) => {
    const draw = at < SHARED_OPENING ? opening : random;
    const word = WORDS[Math.floor(draw() * WORDS.length)] ?? '';
    return sampleToken(longText(word, at), random);
  });
}

function longText(word: string, at: number): string {
  const place = at % 60;
  if (place === 59) {
    return '.\n\n';
  }
  const isMarked = Math.floor(at / 60) % 3 === 1 && (place === 20 || place === 24);
  return isMarked ? (place === 20 ? ' *' : '*') : word;
}

const FLAGS = [
  ['stock-ending', 'warning', 'The last sentence sums the scene up.'],
  [
    'canned-phrase',
    'note',
    '“a coin through a glove” is 41 times more frequent than in human text.',
  ],
  ['derailed', 'error', 'The text falls apart from here on.'],
  ['canned-phrase', 'note', '“something like hope” is 12 times more frequent than in human text.'],
  ['moralising', 'note', 'A lesson that nobody asked for.'],
  ['voice-drift', 'warning', 'The sentences are half as long as yours.'],
] as const;

/** So many findings, in the order that detectors give them. */
export const flags = (count: number): FlagView[] =>
  FLAGS.slice(0, count).map(([code, severity, message], at) => ({
    code,
    severity,
    message,
    start: at * 7,
    end: at * 7 + 9,
  }));

export const ideas = (more: Partial<IdeasView> = {}): IdeasView => ({
  line: 'about 2 ideas: she leaves ×4 · he calls ×1',
  measures: ['Effective number: 1.6 of 5', 'Mean similarity: 0.58', 'Distinct-2: 0.71'],
  groups: [
    { label: 'she leaves', members: [0, 1, 2, 4] },
    { label: 'he calls', members: [3] },
  ],
  collapsed: true,
  ...more,
});

/** Prose with everything of Markdown that the view sets. */
export const MARKED =
  ' # The *Ferry*\n\nShe said *nothing*, then **everything** at once, and `quay` was the word.\n\n> The tide\n> is *out*.\n\n* * *\n\n- one lamp\n- two *lamps*\n\n1. first\n2. second\n\nThe fog\n   comes on\n     little cat feet.';

/** A batch with everything in it that a finished batch can have. */
export function finishedBatch(more: Partial<BatchView> = {}): BatchView {
  const shared = ' She put the lamp down and';
  const opening = (index: number, rest: string) => tokensOf(`${shared} ${rest}`, index + 1);
  const done = { seconds: 2.4, usage: { completionTokens: 57, cost: 0.000_42 } };
  return batch(
    [
      branch(0, { ...done, flags: flags(2) }),
      branch(1, { ...done, tokens: opening(1, 'laughed until the kettle took over.') }),
      branch(2, {
        ...done,
        tokens: opening(2, 'went out to look at the boats.'),
        finish: 'length',
        flags: flags(6),
      }),
      branch(3, { ...done, tokens: tokensOf(MARKED, 4) }),
      branch(4, { ...done, tokens: opening(1, 'laughed until the kettle took over.') }),
    ],
    { ideas: ideas(), spread: 'apart', hasSelection: true, inserted: 3, ...more },
  );
}
