import { whyUnpickable } from '../../core/spread/pickable';
import type { BranchView } from '../../protocol';
import { forkStrings, unpickableWords } from '../forkStrings';
import { does } from '../model/keys';
import type { Percent } from '../model/percent';
import { withSymbols } from '../../core/text/visible';
import { strings } from '../strings';
import type { Entry } from './menu';

/** What could stand in a token's place, most probable first: each begins a branch, or says why not. */
export function alternativeEntries(branch: BranchView, index: number, percent: Percent): Entry[] {
  const token = branch.tokens[index];
  const previous = branch.tokens[index - 1]?.text;
  return (token?.alternatives ?? []).flatMap(({ text, logprob }, alternative): Entry[] => {
    if (text === token?.text) {
      return [];
    }
    const share = percent(Math.exp(logprob));
    const label = withSymbols(text) || strings.noText();
    const why = whyUnpickable(text, previous);
    return [
      {
        icon: 'split',
        label,
        key: share,
        hint: why
          ? `${label} ${share}: ${unpickableWords(why)}`
          : forkStrings.pickHint(label, share),
        command: why
          ? null
          : does({ kind: 'pick', branch: branch.index, token: index, alternative }),
      },
    ];
  });
}
