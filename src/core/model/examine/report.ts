import { inEnglish, type Translate } from '../../collapse/translate';
import { CapabilityRecord } from '../capability/capabilityRecord';
import type { Capability } from '../languageModel';
import { MOST_REQUESTS, MOST_TOKENS } from './budget';
import type { Examination } from './examine';
import type { Hints } from './hints';
import { meaningForWriter } from './writersView';
import { answersOf, exactnessOf, type Line } from './reportLines';

export interface ReportOptions {
  t?: Translate;
  /** A time as people write it. */
  when: (time: number) => string;
  /** Since when the server is known to be another one; absent while it is not. */
  stale?: number;
}

/** What an examination has found, as Markdown: what works, how that is known, and what it means for a draft. */
export function examinationReport(
  examination: Examination,
  { t = inEnglish, when, stale }: ReportOptions,
): string {
  const { origin, model, time, tokens, requests, stopped, hints } = examination;
  const record = new CapabilityRecord({ stored: examination.record });
  const sections = [
    `# ${t('What {model} can do', { model: inline(model) })}`,
    t('At {origin}, examined on {when}, by {requests} requests for {tokens} tokens at most.', {
      ...{ origin: `\`${origin}\``, when: when(time) },
      ...{ requests: requests.length, tokens },
    }),
    ...(stale === undefined
      ? []
      : [
          `**${t('Since {when} the server lists other models: this may no longer hold. Examine it again.', { when: when(stale) })}**`,
        ]),
    ...(stopped === undefined
      ? []
      : [
          `**${t('It ended early: {message} {action}', {
            message: inline(stopped.message),
            action: inline(stopped.action),
          })}**`,
        ]),
    `## ${t('What that means for you')}`,
    meaningForWriter(record, t)
      .map((line) => `- ${line}`)
      .join('\n'),
    `## ${t('What it answers to')}`,
    table(answersOf(record, t), t),
    `## ${t('How exact its probabilities are')}`,
    exactness(record, t),
    `## ${t('What the server says of itself')}`,
    t('Nothing above is decided by this.'),
    hintList(hints, t),
    `## ${t('What was asked')}`,
    requestTable(examination, t),
    t('An examination makes {requests} requests for {tokens} tokens at most, each once.', {
      ...{ requests: MOST_REQUESTS, tokens: MOST_TOKENS },
    }),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function table(lines: readonly Line[], t: Translate): string {
  const head = `| ${t('What')} | | ${t('How that is known')} |\n|---|---|---|`;
  const rows = lines.map(
    ({ name, capability }) =>
      `| ${name} | ${verdictIn(capability, t)} | ${inline(capability.evidence)} |`,
  );
  return [head, ...rows].join('\n');
}

/** A sign and a word: the sign is never the only one to say it. */
function verdictIn({ value }: Capability, t: Translate): string {
  switch (value) {
    case 'yes':
      return `✓ ${t('yes')}`;
    case 'no':
      return `✗ ${t('no')}`;
    case 'unknown':
      return `? ${t('not known')}`;
  }
}

function exactness(record: CapabilityRecord, t: Translate): string {
  const lines = exactnessOf(record, t);
  return lines.length === 0
    ? t('It gives none, or none have been seen.')
    : lines.map((line) => `- ${line}`).join('\n');
}

function hintList(hints: Hints, t: Translate): string {
  const { models, owner, contextLength, supported, version, file, slots, samplers } = hints;
  const lines = [
    ...(models ? [t('models listed: {list}', { list: some(models) })] : []),
    ...(owner === undefined ? [] : [t('owner of the model: {owner}', { owner: inline(owner) })]),
    ...(version === undefined ? [] : [t('version: {version}', { version: inline(version) })]),
    ...(file === undefined ? [] : [t('file of the model: {file}', { file: inline(file) })]),
    ...(contextLength === undefined
      ? []
      : [t('tokens it takes at once: {count}', { count: contextLength })]),
    ...(slots === undefined ? [] : [t('requests at once: {count}', { count: slots })]),
    ...(samplers ? [t('samplers: {list}', { list: some(samplers) })] : []),
    ...(supported ? [t('parameters: {list}', { list: some(supported) })] : []),
  ];
  return lines.length === 0 ? t('Nothing.') : lines.map((line) => `- ${line}`).join('\n');
}

const MOST_NAMES = 30;

function some(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? `, … (${names.length})` : '';
  return `${names.slice(0, MOST_NAMES).map(inline).join(', ')}${more}`;
}

function requestTable({ requests }: Examination, t: Translate): string {
  const head = `| | ${t('Address')} | ${t('Answer')} | ${t('Tokens')} |\n|---|---|---|---|`;
  const rows = requests.map(
    ({ path, status, tokens }, i) =>
      `| ${i + 1} | \`${path}\` | ${status === 0 ? t('none') : status} | ${tokens} |`,
  );
  return [head, ...rows].join('\n');
}

/** Text of a server or a model, which must not steer the page: no markup, no table cells, one line. */
export function inline(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/[\\`*_[\]#!|~>]/gu, '\\$&')
    .replace(/:\/\//gu, ':\u2060//');
}
