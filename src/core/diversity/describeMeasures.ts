import type { Translate } from '../collapse/translate';
import type { Measures } from './measures';

/**
 * The numbers behind the idea line, a sentence each: every one is an estimate of how different the texts are.
 * @param derailed how many of the texts have come apart: what they add is no diversity
 */
export function describeMeasures(
  measures: Measures,
  size: number,
  derailed: number,
  t: Translate,
): string[] {
  const two = (value: number) => value.toFixed(2);
  const one = (value: number) => value.toFixed(1);
  const lines = [
    t('Effective number of ideas: {value} of {size} (groups are right about five times in six).', {
      value: one(measures.effectiveNumber),
      size,
    }),
    t('Inverse Simpson: {value}; counts large groups more.', {
      value: one(measures.inverseSimpson),
    }),
    t('Vendi: {value} texts’ worth of different wording.', { value: one(measures.vendi) }),
    t('Mean similarity of two branches: {value} (0 nothing in common, 1 the same).', {
      value: two(measures.meanSimilarity),
    }),
    t('Different words: {words} of all; different word pairs: {pairs}.', {
      words: percent(measures.distinct1),
      pairs: percent(measures.distinct2),
    }),
    t('Self-BLEU: {bleu} (higher: more alike); gzip ratio: {gzip} (higher: more alike).', {
      bleu: two(measures.selfBleu),
      gzip: one(measures.gzipRatio),
    }),
  ];
  return derailed === 0
    ? lines
    : [
        ...lines,
        t('{derailed} of {size} have come apart; that is no diversity.', { derailed, size }),
      ];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
