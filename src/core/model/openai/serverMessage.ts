import { isRecord, listOf, stringOf } from './json';

/** What an error answer says, of the many shapes there are. */
export interface ServerMessage {
  text: string;
  /** The parameters it names as its cause. */
  parameters: readonly string[];
  code: string;
  type: string;
}

const LONGEST = 300;

/** Reads the `error` of an answer, or the whole of it, or its text. */
export function serverMessage(body: unknown): ServerMessage {
  if (!isRecord(body)) {
    return { text: tidy(stringOf(body) ?? ''), parameters: [], code: '', type: '' };
  }
  // KoboldCpp has a record under `detail` where others have a list or a text.
  const inner = [body['error'], body['detail']].find(isRecord) ?? body;
  const details = listOf(inner['detail']) ?? [];
  const text =
    [inner['message'], inner['error'], inner['detail'], inner['msg']].find(isText) ??
    details.map((detail) => (isRecord(detail) ? (stringOf(detail['msg']) ?? '') : '')).join('; ');
  const param = stringOf(inner['param']);
  return {
    text: tidy(text),
    parameters: [...(param === undefined ? [] : [param]), ...details.flatMap(locationOf)],
    code: stringOf(inner['code']) ?? '',
    type: stringOf(inner['type']) ?? '',
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Someone else's words as the end of a sentence. */
export function closed(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** `{"loc": ["body", "n"]}`, as validators of Python servers say it. */
function locationOf(detail: unknown): string[] {
  const location = isRecord(detail) ? (listOf(detail['loc']) ?? []) : [];
  return location.filter((part): part is string => typeof part === 'string' && part !== 'body');
}

/** Markup and line ends out, and not longer than a card can show. */
function tidy(text: string): string {
  const plain = text
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]{0,500}>/g, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).trimEnd()}…` : plain;
}
