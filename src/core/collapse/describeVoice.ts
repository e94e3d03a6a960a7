import type { FeatureDistance } from '../voice/voiceProfile';
import type { NamedFeature } from '../voice/voiceFeatures';
import type { Evidence } from './flag';
import type { Translate } from './translate';

type Say = (found: { here: number; own: number }, t: Translate) => string;

/** One entry a feature: the compiler asks for it when one is added. */
const SAY: Readonly<Record<NamedFeature, Say>> = {
  'sentence-length': (found, t) =>
    t('sentences of {here} words on average, yours of {own}', decimals(found)),
  'sentence-spread': (found, t) =>
    t('sentence lengths that vary {here}-fold, yours {own}-fold', decimals(found)),
  'word-length': (found, t) => t('words of {here} letters, yours of {own}', decimals(found)),
  richness: (found, t) =>
    t('{here} different words in 50, yours {own}', decimals(found, RICHNESS_WORDS)),
  dialogue: (found, t) => t('{here} of it dialogue, yours {own}', percents(found)),
  'past-tense': (found, t) => t('{here} of its verbs in the past, yours {own}', percents(found)),
  'first-person': rate((t) => t('first person')),
  'second-person': rate((t) => t('second person')),
  'third-person': rate((t) => t('third person')),
  contractions: rate((t) => t('contractions')),
  adverbs: rate((t) => t('adverbs in -ly')),
  commas: rate((t) => t('commas')),
  semicolons: rate((t) => t('semicolons and colons')),
  dashes: rate((t) => t('dashes')),
  exclamations: rate((t) => t('exclamation marks')),
  questions: rate((t) => t('question marks')),
  ellipses: rate((t) => t('ellipses')),
  brackets: rate((t) => t('brackets')),
};

/** Richness is a share of windows of so many words. */
const RICHNESS_WORDS = 50;
const WORD = /^word:/u;

/** In which features a text is not the writer's, and by how much. */
export function voiceDrift({ features }: Evidence['voice-drift'], t: Translate): string {
  const parts = features.map((found, i) => {
    const values = {
      difference: differenceOf(found, t),
      distance: Math.abs(found.distance).toFixed(1),
    };
    return i === 0
      ? t('{difference} ({distance} standard deviations)', values)
      : t('{difference} ({distance})', values);
  });
  return t('Not your voice: {differences}.', { differences: parts.join('; ') });
}

function differenceOf({ feature, here, own }: FeatureDistance, t: Translate): string {
  const say = isNamed(feature) ? SAY[feature] : rate(() => `“${feature.replace(WORD, '')}”`);
  return say({ here, own }, t);
}

function isNamed(feature: string): feature is NamedFeature {
  return feature in SAY;
}

/** How often something comes. */
function rate(what: (t: Translate) => string): Say {
  return (found, t) =>
    t('{what} {here} times in 1,000 words, yours {own}', { what: what(t), ...decimals(found) });
}

function decimals({ here, own }: { here: number; own: number }, times = 1) {
  return { here: decimal(here * times), own: decimal(own * times) };
}

function decimal(value: number): string {
  return value === 0 || value >= 20 ? String(Math.round(value)) : value.toFixed(1);
}

function percents({ here, own }: { here: number; own: number }) {
  return { here: percent(here), own: percent(own) };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
