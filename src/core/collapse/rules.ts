import type { AllowList } from './allowList';
import { hasCode, type Flag, type FlagCode } from './flag';
import type { PhraseList } from './phraseList';

export const SEVERITY_RULES = ['off', 'note', 'warning', 'error'] as const;
/** How much a code matters to the writer: not at all, or as much as they say instead of the detector. */
export type SeverityRule = (typeof SEVERITY_RULES)[number];

/** What the writer wants to hear of. */
export interface Rules {
  severities: Readonly<Partial<Record<FlagCode, SeverityRule>>>;
  /** Lists of the writer's own. */
  lists: readonly PhraseList[];
  allow: AllowList;
}

/** The findings that the writer wants to hear of, as severe as they want them. */
export function underRules(flags: readonly Flag[], { severities, allow }: Rules): Flag[] {
  return flags.flatMap((flag) => {
    const rule = severities[flag.code];
    const phrase = phraseOf(flag);
    if (rule === 'off' || (phrase !== undefined && allow.has(phrase))) {
      return [];
    }
    return [rule === undefined ? flag : { ...flag, severity: rule }];
  });
}

/** The words that a finding is about, as they stand in the text: what can be allowed; undefined when it is about no words. */
export function phraseOf(flag: Flag): string | undefined {
  if (hasCode(flag, 'canned-phrase') || hasCode(flag, 'attractor')) {
    return flag.evidence.phrase;
  }
  if (hasCode(flag, 'stock-ending') || hasCode(flag, 'moralising')) {
    return flag.evidence.sentence;
  }
  return hasCode(flag, 'hackneyed-rhyme') ? flag.evidence.words.join(' ') : undefined;
}
