import type { Translate } from '../../collapse/translate';
import type { CapabilityRecord } from '../capability/capabilityRecord';

/** Which features are on with this model, and why others are not; a line each. */
export function meaningForWriter(record: CapabilityRecord, t: Translate): string[] {
  return [
    handingOver(record, t),
    ...probabilities(record, t),
    several(record, t),
    ...dropped(record, t),
  ];
}

function handingOver(record: CapabilityRecord, t: Translate): string {
  const raw = record.get('rawText', 'completions').value;
  const base = record.get('base', 'completions').value;
  const isChat = record.get('answers', 'chat').value === 'yes';
  const isThere = record.get('answers', 'completions').value === 'yes';
  if (isThere && raw !== 'no') {
    return base === 'no'
      ? t(
          'Your text goes to it as it stands, but it answers it rather than going on with it: a chat model. Set "strategy" to "prefill" or "few-shot" for it.',
        )
      : t('Your text goes to it as it stands, with nothing around it, and it goes on with it.');
  }
  const why = isThere
    ? t('Its completions put a chat template around the text, so they are not used.')
    : '';
  if (!isChat) {
    return t('It writes by no API that Variorum knows: no branches can come.');
  }
  const how =
    record.get('prefill', 'chat').value === 'yes'
      ? t('Your text goes to it as an answer already begun, which it goes on with.')
      : t('It is shown how you go on, or told to: it does not go on with an answer already begun.');
  return `${why} ${how}`.trim();
}

function probabilities(record: CapabilityRecord, t: Translate): string[] {
  const isRaw =
    record.get('answers', 'completions').value === 'yes' &&
    record.get('rawText', 'completions').value !== 'no';
  const found = record.find('logprobs', isRaw ? 'completions' : 'chat');
  const scores = record.get('score', 'completions').value;
  const lines: string[] = [];
  if (found?.value === 'yes') {
    lines.push(
      t('Tokens are coloured by confidence; forks, Escape and the Multiverse work.'),
      ...(found.detail.semantics === 'processed'
        ? [
            t(
              'The colours tell what was drawn from: at low temperature everything looks sure. Compare only what was written with the same settings.',
            ),
          ]
        : []),
    );
  } else if (found?.value === 'no') {
    lines.push(
      t(
        'No token probabilities: no colours, forks or Multiverse. Text that branches share is shaded instead.',
      ),
    );
  }
  lines.push(
    scores === 'yes'
      ? t('“Show Token Confidence” scores text that is there with this model.')
      : t('“Show Token Confidence” on text that is there uses another model, such as Sketch.'),
  );
  return lines;
}

function several(record: CapabilityRecord, t: Translate): string {
  const found = record.find('several');
  switch (found?.value) {
    case 'yes':
      return t('Several branches come from one request.');
    case 'no':
      return t('Each branch is a request of its own: the passage is read, and paid, as often.');
    case 'unknown':
    case undefined:
      return t('Whether several branches come from one request will show with the first batch.');
  }
}

function dropped(record: CapabilityRecord, t: Translate): string[] {
  const isSilent = record.get('strict').value === 'no';
  const seed = record.get('seed').value;
  return [
    ...(seed === 'no' ? [t('A seed does not bring the same branches again.')] : []),
    ...(isSilent
      ? [
          t(
            'Parameters that it does not know are dropped in silence: a setting without effect gives no error.',
          ),
        ]
      : []),
  ];
}
