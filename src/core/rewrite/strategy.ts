import * as v from 'valibot';
import { VariorumError } from '../model/error';
import { isPlaceholder, PLACEHOLDERS, slotsIn } from './template';

/**
 * How a strategy asks. `in-turn`: one after the other, each told what is there already · `alone`: each by
 * itself, all at once · `batch`: one request for many, the most different of which are taken · `transcript`:
 * raw text that a base model goes on with · `frame`: none by itself, but what moves are set into.
 */
export const HOWS = ['in-turn', 'alone', 'batch', 'transcript', 'frame'] as const;
export type How = (typeof HOWS)[number];

/** One message of a template. */
export interface TemplatePart {
  role: 'system' | 'user' | 'assistant';
  template: string;
}

/** A way to ask for rewrites, as read from its file. */
export interface RewriteStrategy {
  /** By which it is chosen; one of its kind. */
  name: string;
  /** What it does, in a line for the writer. */
  about: string;
  how: How;
  /** Strategies that are dealt out together under this name. */
  group?: string;
  /** Of a batch: candidates asked for per rewrite that is wanted, 1 to 8. */
  pool: number;
  /** What it says; a move is one sentence or more without roles, and is set into the frame. */
  body:
    | { kind: 'messages'; parts: readonly TemplatePart[] }
    | { kind: 'move' | 'text'; template: string };
}

const DEFAULT_POOL = 2;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u;

const FRONT_MATTER = v.strictObject({
  name: v.pipe(
    v.string('has no name'),
    v.regex(NAME, 'the name may have letters, digits, spaces and hyphens only'),
  ),
  about: v.pipe(
    v.string('has no line "about:" that says what it does'),
    v.minLength(1, 'the line "about:" is empty'),
  ),
  how: v.optional(v.picklist(HOWS, `"how" is one of ${HOWS.join(', ')}`), 'alone'),
  group: v.optional(
    v.pipe(
      v.string(),
      v.regex(NAME, 'the group may have letters, digits, spaces and hyphens only'),
    ),
  ),
  pool: v.optional(
    v.pipe(v.string(), v.regex(/^[1-8]$/u, '"pool" is a number from 1 to 8'), v.transform(Number)),
  ),
});

/**
 * Reads the file of a strategy: `---`, lines of `key: value`, `---`, then what the model is told. The keys are
 * `name` and `about`, and where wanted `how`, `group` and `pool`. What the model is told is either a move in a
 * few words, or whole messages, each under a line `## system`, `## user` or `## assistant`.
 * @param file its name, for messages
 * @throws VariorumError `bad-request` that names the file and says what is wrong with it
 */
export function parseStrategy(file: string, text: string): RewriteStrategy {
  const { fields, body } = cut(file, text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n'));
  const read = v.safeParse(FRONT_MATTER, fields);
  if (!read.success) {
    throw wrong(file, whatIsWrong(read.issues[0]));
  }
  const { pool = DEFAULT_POOL, group, ...rest } = read.output;
  const strategy: RewriteStrategy = {
    ...rest,
    ...(group === undefined ? {} : { group }),
    pool,
    body: readBody(file, rest.how, body),
  };
  checkSlots(file, strategy);
  return strategy;
}

function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.[0]?.key;
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  if (isUnknown && typeof key === 'string') {
    return `it has an unknown line "${key}:"`;
  }
  return issue.type === 'strict_object' ? `it has no line "${String(key)}:"` : issue.message;
}

function cut(file: string, text: string): { fields: Record<string, string>; body: string } {
  const found = /^\s*---[^\S\n]*\n([\s\S]*?)\n---[^\S\n]*(?:\n|$)/u.exec(text);
  if (found === null) {
    throw wrong(file, 'it does not begin with its name and what it does between two lines "---"');
  }
  const [whole, head = ''] = found;
  const fields: Record<string, string> = {};
  for (const line of head
    .split('\n')
    .filter((each) => each.trim() !== '' && !each.startsWith('#'))) {
    const [, key, value] = /^([\w-]+)[^\S\n]*:[^\S\n]*(.*)$/u.exec(line) ?? [];
    if (key === undefined || value === undefined) {
      throw wrong(file, `the line "${line.trim()}" is not of the form "key: value"`);
    }
    if (Object.hasOwn(fields, key)) {
      throw wrong(file, `"${key}:" stands there twice`);
    }
    fields[key] = unquoted(value.trim());
  }
  return { fields, body: text.slice(whole.length).trim() };
}

function unquoted(value: string): string {
  return /^"[^"]*"$|^'[^']*'$/u.test(value) ? value.slice(1, -1) : value;
}

const ROLE_LINE = /^##[^\S\n]+(system|user|assistant)[^\S\n]*$/gimu;

function readBody(file: string, how: How, body: string): RewriteStrategy['body'] {
  if (body === '') {
    throw wrong(file, 'it says nothing to the model');
  }
  if (how === 'transcript') {
    return { kind: 'text', template: body };
  }
  const heads = Array.from(body.matchAll(ROLE_LINE));
  if (heads.length === 0) {
    return { kind: 'move', template: body };
  }
  if (body.slice(0, heads[0]?.index).trim() !== '') {
    throw wrong(file, 'there is text before its first message');
  }
  const parts = heads.map((head, i) => ({
    role: (head[1] ?? '').toLowerCase() as TemplatePart['role'],
    template: body.slice(head.index + head[0].length, heads[i + 1]?.index).trim(),
  }));
  if (parts.at(-1)?.role !== 'user') {
    throw wrong(file, 'its last message has to be the user’s (## user)');
  }
  return { kind: 'messages', parts };
}

function checkSlots(file: string, { how, body }: RewriteStrategy): void {
  const texts =
    body.kind === 'messages' ? body.parts.map(({ template }) => template) : [body.template];
  const slots = texts.flatMap(slotsIn);
  const unknown = slots.find((slot) => !isPlaceholder(slot));
  if (unknown !== undefined) {
    const known = PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ');
    throw wrong(file, `it asks for {{${unknown}}}, which does not exist. There are ${known}`);
  }
  if (body.kind === 'move') {
    if (how === 'batch' || how === 'frame') {
      throw wrong(file, `with "how: ${how}" it needs whole messages, under ## system and ## user`);
    }
  } else if (!slots.includes('source')) {
    throw wrong(file, 'the passage to rewrite, {{source}}, is nowhere in it');
  }
  if (how === 'frame' && !slots.includes('move')) {
    throw wrong(file, 'what a strategy says, {{move}}, is nowhere in it');
  }
}

function wrong(file: string, what: string): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: `The rewrite strategy ${file} cannot be used: ${what}.`,
    action: 'Mend the file, or remove it.',
    retryable: false,
  });
}
