import type { Translate } from '../../collapse/translate';
import { CapabilityRecord } from '../capability/capabilityRecord';
import type { StoredRecord } from '../capability/storedRecord';

/** What a model can do, in a few words each: only what is known, what it cannot said last. */
export function summaryOf(stored: StoredRecord, t: Translate): string[] {
  const record = new CapabilityRecord({ stored });
  const raw = record.get('rawText', 'completions').value;
  const api = raw === 'yes' ? 'completions' : 'chat';
  const logprobs = record.find('logprobs', api);
  const isBase = record.get('base', 'completions').value === 'yes';
  const yes = [
    ...(logprobs?.value === 'yes'
      ? [
          logprobs.detail.semantics === 'processed'
            ? t('probabilities after sampling')
            : t('token probabilities'),
        ]
      : []),
    ...(raw === 'yes' ? [isBase ? t('goes on with raw text') : t('raw text')] : []),
    ...(record.get('score', 'completions').value === 'yes' ? [t('scores text')] : []),
    ...(record.get('several').value === 'yes' ? [t('several branches a request')] : []),
  ];
  const no = [
    ...(logprobs?.value === 'no' ? [t('no token probabilities')] : []),
    ...(raw === 'no' ? [t('no raw text')] : []),
  ];
  return [...yes, ...no];
}
