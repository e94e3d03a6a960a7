import { VariorumError } from '../model/error';
import type { Message, Said } from '../model/languageModel';
import type { Exemplar, RewriteRequest } from './rewriting';
import type { How, RewriteStrategy } from './strategy';
import { fill, type Values } from './template';
import { beginningOf } from './words';

/** What one request asks for, besides what the writer gave. */
export interface Asking {
  /** Versions that are there already, oldest first. */
  taken: readonly string[];
  /** Why the last attempt was thrown away. */
  reason?: string;
  /** How many are wanted of it. */
  n: number;
}

/** A version that is named is told so far, in characters: whole where it is a paragraph. */
const TOLD = 1200;
/** More versions than this are not named; the newest are. */
const MOST_TOLD = 12;

/** Messages for a model that can be told things. */
export function messagesFor(
  strategy: RewriteStrategy,
  strategies: readonly RewriteStrategy[],
  request: RewriteRequest,
  asking: Asking,
): Said {
  const { body } = strategy;
  const frame = body.kind === 'messages' ? body : only('frame', strategies).body;
  const values = { ...valuesOf(request, asking), taken: namedVersions(asking.taken) };
  const move = body.kind === 'messages' ? '' : fill(body.template, values);
  const parts = frame.kind === 'messages' ? frame.parts : [];
  const messages = parts
    .map(({ role, template }): Message => ({ role, text: fill(template, { ...values, move }) }))
    .filter(({ text }) => text !== '');
  return { kind: 'messages', messages };
}

/** Raw text for a base model, which ends where the next version begins. */
export function transcriptFor(
  { how, about }: RewriteStrategy,
  strategies: readonly RewriteStrategy[],
  request: RewriteRequest,
  asking: Asking,
): Said {
  const { body } = only('transcript', strategies);
  const values = {
    ...valuesOf(request, asking),
    exemplars: request.exemplars.map(({ text }) => text.trim()).join('\n\n***\n\n'),
    taken: told(asking.taken)
      .map((text, i) => `Version ${i + 1}:\n${text.trim()}`)
      .join('\n\n'),
    // A base model obeys nobody: only what a version is called may steer it.
    move: how === 'alone' ? about : '',
    n: String(told(asking.taken).length + 1),
  };
  const text = body.kind === 'text' ? fill(body.template, values) : '';
  return { kind: 'text', text: `${text}\n` };
}

/**
 * Where an answer to a transcript ends: at the first line that begins as a line of the transcript does that
 * announces something ("Version 4:", "Draft:"), or that parts it.
 */
export function transcriptEnd(strategies: readonly RewriteStrategy[]): RegExp {
  const { body } = only('transcript', strategies);
  const template = body.kind === 'text' ? body.template : '';
  const labels = Array.from(
    template.matchAll(/^(\p{L}+)(?: (?:\d+|\{\{\w+\}\}))?:\s*$/gmu),
    ([, label = '']) => label,
  );
  const either = [...new Set(labels)].map((label) => `${label}\\b[^\\n:]{0,20}:`);
  return new RegExp(`\\n\\s*(?:${[...either, '\\*{3}', '-{3,}\\s*\\n', '#+ '].join('|')})`, 'u');
}

function only(how: How, strategies: readonly RewriteStrategy[]): RewriteStrategy {
  const found = strategies.findLast((strategy) => strategy.how === how);
  if (found === undefined) {
    throw new VariorumError({
      code: 'bad-request',
      message: `There is no rewrite strategy with “how: ${how}”, which others need.`,
      action: 'Use the built-in ones beside your own.',
      retryable: false,
    });
  }
  return found;
}

function valuesOf(request: RewriteRequest, { taken, reason = '', n }: Asking): Values {
  const { source, before, after, instruction = '', notes = '', exemplars, avoid } = request;
  return {
    source: source.trim(),
    before: before.trim(),
    after: after.trim(),
    instruction: instruction.trim(),
    notes: notes.trim(),
    exemplars: exemplars.map(exemplar).join('\n'),
    taken: namedVersions(taken),
    avoid: avoid.map((phrase) => `- ${phrase.trim()}`).join('\n'),
    reason,
    move: '',
    n: String(n),
    words: String(roundWords(source)),
  };
}

function exemplar({ text }: Exemplar): string {
  return `<page>\n${text.trim()}\n</page>`;
}

function told(taken: readonly string[]): readonly string[] {
  return taken.slice(-MOST_TOLD);
}

function namedVersions(taken: readonly string[]): string {
  return told(taken)
    .map((text, i) => `<version number="${i + 1}">\n${shown(text)}\n</version>`)
    .join('\n');
}

function shown(text: string): string {
  return text.length <= TOLD ? text.trim() : beginningOf(text, TOLD);
}

/** How long a rewrite is to be, roughly: scripts without spaces count by characters. */
function roundWords(source: string): number {
  const words = source.trim().split(/\s+/u).length;
  const count = words < source.length / 12 ? Math.round(source.length / 2) : words;
  const step = count < 40 ? 5 : count < 200 ? 10 : 50;
  return Math.max(step, Math.round(count / step) * step);
}
