import { Count, type VoiceCounts } from './voiceCounts';
import { FUNCTION_WORDS } from './voiceWords';

/** Features with a name; each function word is one more, named `word:` and the word. */
export const NAMED_FEATURES = [
  'sentence-length',
  'sentence-spread',
  'word-length',
  'richness',
  'dialogue',
  'first-person',
  'second-person',
  'third-person',
  'past-tense',
  'contractions',
  'adverbs',
  'commas',
  'semicolons',
  'dashes',
  'exclamations',
  'questions',
  'ellipses',
  'brackets',
] as const;

export type NamedFeature = (typeof NAMED_FEATURES)[number];
export type VoiceFeature = NamedFeature | `word:${string}`;

/** One feature of a text, as read from its counts. */
export interface FeatureValue {
  /** On a scale on which the spread among an author's passages is about the same for all authors. */
  value: number;
  /** How many units it was read from: what its sampling error falls with. */
  units: number;
}

interface Feature {
  name: VoiceFeature;
  read: (counts: VoiceCounts) => FeatureValue;
  /** As people are told it: words in a sentence, a share from 0 to 1, or how many in 1,000 words. */
  shown: (counts: VoiceCounts) => number;
}

const at = (counts: VoiceCounts, count: number) => counts[count] ?? 0;

/**
 * A share of k in n as arcsin √((k + 3/8) / (n + 3/4)), whose variance under chance alone is about 1 / (4n + 2)
 * whatever the share is (Anscombe 1948, “The transformation of Poisson, binomial and negative-binomial data”).
 */
function share(name: VoiceFeature, part: number, of: number, shownPer: number): Feature {
  return {
    name,
    read: (counts) => {
      const units = at(counts, of);
      const k = Math.min(at(counts, part), units);
      return { value: Math.asin(Math.sqrt((k + 0.375) / (units + 0.75))), units };
    },
    shown: (counts) => (shownPer * at(counts, part)) / Math.max(1, at(counts, of)),
  };
}

/** How many in 1,000 words. */
const rate = (name: VoiceFeature, count: number) => share(name, count, Count.words, 1000);

function meanOf(name: VoiceFeature, sum: number, of: number): Feature {
  const mean = (counts: VoiceCounts) => at(counts, sum) / Math.max(1, at(counts, of));
  return {
    name,
    read: (counts) => ({ value: mean(counts), units: at(counts, of) }),
    shown: mean,
  };
}

function logSpread(counts: VoiceCounts): number {
  const sentences = Math.max(1, at(counts, Count.sentences));
  const mean = at(counts, Count.logLengths) / sentences;
  return Math.sqrt(Math.max(0, at(counts, Count.squaredLogLengths) / sentences - mean ** 2));
}

const SENTENCES: readonly Feature[] = [
  {
    name: 'sentence-length',
    read: (counts) => {
      const units = at(counts, Count.sentences);
      return { value: at(counts, Count.logLengths) / Math.max(1, units), units };
    },
    shown: (counts) => at(counts, Count.words) / Math.max(1, at(counts, Count.sentences)),
  },
  {
    name: 'sentence-spread',
    // A spread is read from the differences between sentences, one fewer than there are.
    read: (counts) => ({
      value: logSpread(counts),
      units: Math.max(0, at(counts, Count.sentences) - 1),
    }),
    shown: (counts) => Math.exp(logSpread(counts)),
  },
];

/** Every feature, in the order of their weights. */
export const FEATURES: readonly Feature[] = [
  ...SENTENCES,
  meanOf('word-length', Count.letters, Count.words),
  meanOf('richness', Count.richness, Count.windows),
  share('dialogue', Count.spoken, Count.words, 1),
  share('first-person', Count.first, Count.narrated, 1000),
  share('second-person', Count.second, Count.narrated, 1000),
  share('third-person', Count.third, Count.narrated, 1000),
  share('past-tense', Count.past, Count.tensed, 1),
  rate('contractions', Count.contractions),
  rate('adverbs', Count.adverbs),
  rate('commas', Count.commas),
  rate('semicolons', Count.semicolons),
  rate('dashes', Count.dashes),
  rate('exclamations', Count.exclamations),
  rate('questions', Count.questions),
  rate('ellipses', Count.ellipses),
  rate('brackets', Count.brackets),
  ...FUNCTION_WORDS.map((words, i) =>
    rate(`word:${words.split(' ')[0] ?? words}`, Count.functionWords + i),
  ),
];
