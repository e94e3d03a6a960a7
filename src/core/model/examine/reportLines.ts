import type { Translate } from '../../collapse/translate';
import type { CapabilityRecord } from '../capability/capabilityRecord';
import type { FlagName, LogprobDetail, Scope } from '../capability/flags';
import type { Capability } from '../languageModel';
import { inline } from './report';

/** One thing that a model may be able to do. */
export interface Line {
  name: string;
  capability: Capability;
}

/** What was asked for, in the order in which it matters to a writer. */
export function answersOf(record: CapabilityRecord, t: Translate): Line[] {
  const rows: [name: string, flag: FlagName, scope: Scope][] = [
    [t('chat'), 'answers', 'chat'],
    [t('completions'), 'answers', 'completions'],
    [t('responses'), 'answers', 'responses'],
    [t('text goes in as it stands, without a template'), 'rawText', 'completions'],
    [t('goes on with prose, as a base model does'), 'base', 'completions'],
    [t('goes on with an answer that was begun'), 'prefill', 'chat'],
    [t('streams, by chat'), 'stream', 'chat'],
    [t('streams, by completions'), 'stream', 'completions'],
    [t('several branches in one request'), 'several', 'server'],
    [t('probabilities of tokens, by chat'), 'logprobs', 'chat'],
    [t('probabilities of tokens, by completions'), 'logprobs', 'completions'],
    [t('scores text that is there'), 'score', 'completions'],
    [t('tokens can be forbidden (logit_bias)'), 'logitBias', 'server'],
    [t('the same seed gives the same text'), 'seed', 'server'],
    [t('says so when it does not know a parameter'), 'strict', 'server'],
    [t('lists its models'), 'list', 'server'],
    [t('wants a key'), 'key', 'server'],
  ];
  const parameters = record.parameters.map((name) => ({
    name: t('parameter {name}', { name: inline(name) }),
    capability: record.parameter(name) ?? { value: 'unknown' as const, evidence: '' },
  }));
  const lines = rows.map(([name, flag, scope]) => ({ name, capability: record.get(flag, scope) }));
  const field = {
    name: t('calls the bound on tokens {name}', { name: inline(record.tokensField) }),
    capability: {
      value: 'yes' as const,
      evidence: t('Requests by chat that name it so are taken.'),
    },
  };
  const isChat = record.get('answers', 'chat').value === 'yes';
  return [...lines, ...(isChat ? [field] : []), ...parameters];
}

/** What is known of the numbers, a line each; empty where there are none. */
export function exactnessOf(record: CapabilityRecord, t: Translate): string[] {
  return (['completions', 'chat'] as const).flatMap((api) => {
    const found = record.find('logprobs', api);
    if (found?.value !== 'yes') {
      return [];
    }
    const name = api === 'chat' ? t('chat') : t('completions');
    return detailLines(found.detail, t).map((line) => `${name}: ${line}`);
  });
}

function detailLines(detail: LogprobDetail, t: Translate): string[] {
  const { maxTop, isBound, shape, chosenListed, bytes, ids, streamed } = detail;
  return [
    meaningLine(detail, t),
    ...(maxTop === undefined
      ? []
      : [
          isBound === true
            ? t('at most {count} alternatives for a token', { count: maxTop })
            : t('{count} alternatives for a token came, and no bound was met', { count: maxTop }),
        ]),
    ...(chosenListed === false
      ? [t('the token that was written may be missing from its alternatives')]
      : []),
    bytesLine(bytes, t),
    ...(ids === undefined
      ? []
      : [ids ? t('tokens come with their ids') : t('tokens come without ids')]),
    ...(streamed === undefined
      ? []
      : [streamed ? t('they come in a stream, too') : t('in a stream they do not come')]),
    ...(shape === undefined ? [] : [shapeLine(shape, t)]),
  ];
}

function meaningLine({ semantics = 'unknown', meaning = '' }: LogprobDetail, t: Translate): string {
  const how = inline(meaning);
  switch (semantics) {
    case 'raw':
      return t('they are the model’s own, before temperature and filters. {how}', { how });
    case 'processed':
      return t('they are those that were drawn from, after temperature or filters. {how}', { how });
    case 'unknown':
      return t('whether they are from before or after sampling is not known. {how}', { how });
  }
}

function bytesLine(bytes: LogprobDetail['bytes'], t: Translate): string {
  switch (bytes) {
    case 'exact':
      return t('the bytes of pieces of characters are right');
    case 'lossy':
      return t('the bytes of pieces of characters are lost');
    case 'none':
      return t('tokens come without bytes: pieces of characters cannot be told apart');
    case undefined:
      return t('no character of several bytes was seen');
  }
}

function shapeLine(shape: NonNullable<LogprobDetail['shape']>, t: Translate): string {
  switch (shape) {
    case 'content':
      return t('they come as a list of entries');
    case 'legacy':
      return t('they come as arrays side by side');
    case 'both':
      return t('they come both as a list of entries and as arrays');
  }
}
