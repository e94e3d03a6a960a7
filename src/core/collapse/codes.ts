import type { Flag, FlagCode } from './flag';

/** What a code stands for, for people. Title and explanation are messages: hand them to a `Translate`. */
export interface CodeInfo {
  /** What settings start from; a detector may say less where it is less sure. */
  severity: Flag['severity'];
  title: string;
  explanation: string;
}

export const CODES: Readonly<Record<FlagCode, CodeInfo>> = {
  'forced-rhyme': {
    severity: 'warning',
    title: 'Forced rhyme',
    explanation: 'The text rhymes although nobody asked, or it was told not to.',
  },
  'hackneyed-rhyme': {
    severity: 'note',
    title: 'Hackneyed rhyme',
    explanation: 'A pair of rhymes that has been used too often.',
  },
  'stanza-lock': {
    severity: 'warning',
    title: 'Locked stanzas',
    explanation: 'Stanza after stanza has the same number of lines and the same beat.',
  },
  'canned-phrase': {
    severity: 'note',
    title: 'Canned phrase',
    explanation: 'Wording that tuned models use far more often than people do.',
  },
  'stock-ending': {
    severity: 'warning',
    title: 'Stock ending',
    explanation: 'The text ends on uplift or a summing-up, or by not answering.',
  },
  moralising: {
    severity: 'note',
    title: 'Moralising',
    explanation: 'A sentence draws a lesson that nobody asked for.',
  },
  'early-exit': {
    severity: 'warning',
    title: 'Early exit',
    explanation: 'The scene ends, or another text begins, although the passage had only started.',
  },
  'essay-form': {
    severity: 'warning',
    title: 'Essay form',
    explanation: 'An essay with a bow on it, where a story or a joke was asked for.',
  },
  echo: {
    severity: 'warning',
    title: 'Echo',
    explanation:
      'The text repeats the passage it should continue, word for word or as its skeleton.',
  },
  'stuck-run': {
    severity: 'note',
    title: 'Stuck run',
    explanation: 'The model was certain of word after word where human text is open.',
  },
  template: {
    severity: 'note',
    title: 'Shared template',
    explanation: 'Branches are built on one skeleton and differ only in its fillings.',
  },
  'one-mode': {
    severity: 'warning',
    title: 'One mode',
    explanation: 'Branches that look different say the same thing.',
  },
  attractor: {
    severity: 'note',
    title: 'Attractor',
    explanation:
      'Something the model comes back to from passages that have nothing to do with each other.',
  },
  derailed: {
    severity: 'error',
    title: 'Derailed',
    explanation: 'The text has stopped making sense: loops, broken script, half words, word salad.',
  },
  'voice-drift': {
    severity: 'note',
    title: 'Voice drift',
    explanation: 'The text is far from how you write.',
  },
};
