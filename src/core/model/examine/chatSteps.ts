import { sampleOf, topOf, type Listed, type Sample } from './sample';
import { refusalOf, verdictOf, type Reply } from './send';
import type { Examiner, WritingApi } from './examiner';
import { BROKEN_OFF, REQUEST } from './texts';
import { wayOn } from './judge';

/** What OpenAI gives at most, and one more. */
const USUAL_TOP = 20;
const BEYOND = USUAL_TOP + 1;
/** As many alternatives as comparing lists takes. */
export const FEW = 3;

/** The alternatives of one place, at one temperature. */
export interface Place {
  api: WritingApi;
  temperature: number;
  top: readonly Listed[];
}

export const asMessages = (content: string) => [{ role: 'user', content }];

/** Whether the chat API answers, with which probabilities, and how many alternatives there are. */
export async function examineChat(examiner: Examiner): Promise<Sample | undefined> {
  const ask = (top: number, about: readonly string[]) => {
    const messages = asMessages(BROKEN_OFF);
    const body = { messages, max_tokens: 4, temperature: 1, logprobs: true, top_logprobs: top };
    return examiner.write('chat', 'chat', body, about);
  };
  const reply = await ask(BEYOND, ['top_logprobs']);
  const refusal = reply && verdictOf(reply) === 'refused' ? refusalOf(reply) : '';
  if (/logprobs|\b20\b/u.test(refusal)) {
    const again = await ask(USUAL_TOP, []);
    return again && noteApi(examiner, 'chat', again, { count: USUAL_TOP, refusal });
  }
  return reply && noteApi(examiner, 'chat', reply, { count: BEYOND });
}

/** Alternatives that were asked for; `refusal` says why not more. */
interface Wanted {
  count: number;
  refusal?: string;
}

/** Notes whether an API answers and gives probabilities. @returns what it wrote, where it did */
export function noteApi(
  examiner: Examiner,
  api: WritingApi,
  reply: Reply,
  { count, refusal }: Wanted,
): Sample | undefined {
  const verdict = verdictOf(reply);
  if (verdict !== 'taken') {
    const value = verdict === 'refused' ? 'no' : 'unknown';
    examiner.note('answers', api, value, refusalOf(reply));
    return undefined;
  }
  const sample = sampleOf(reply);
  if (sample.choices.length === 0) {
    examiner.note('answers', api, 'no', 'It answered with something that is no continuation.');
    return undefined;
  }
  examiner.note('answers', api, 'yes', 'It answered.');
  const refused = examiner.record.parameter('logprobs');
  if (refused !== undefined) {
    examiner.note('logprobs', api, 'no', refused.evidence);
    return sample;
  }
  const longest = Math.max(0, ...tops(sample).map((top) => top.length));
  if (sample.shape === undefined) {
    const said = sample.choices.some(({ text }) => text !== '');
    const evidence = said
      ? 'They were asked for and did not come; the answer says nothing of it.'
      : 'It wrote nothing to which they could belong.';
    examiner.note('logprobs', api, said ? 'no' : 'unknown', evidence);
  } else {
    const entries = sample.choices.flatMap((choice) => choice.entries);
    const more = refusal === undefined ? '' : ` To more: ${refusal}`;
    const evidence = `${count} alternatives were asked for and ${longest} came.${more}`;
    const isBound = longest < count || refusal !== undefined;
    const ids = entries.every(hasId);
    examiner.note('logprobs', api, 'yes', evidence, {
      ...{ shape: sample.shape, ids, maxTop: longest, isBound },
    });
  }
  return sample;
}

const hasId = (entry: Readonly<Record<string, unknown>>): boolean =>
  typeof entry['id'] === 'number' || typeof entry['token_id'] === 'number';

export function tops({ choices }: Sample): Listed[][] {
  return choices.flatMap(({ entries }) => entries.map((entry) => topOf(entry)));
}

/** The list at the first place of what was written. */
export function firstPlace(
  api: WritingApi,
  temperature: number,
  sample: Sample | undefined,
): Place[] {
  const top = sample ? topOf(sample.choices[0]?.entries[0]) : [];
  return top.length === 0 ? [] : [{ api, temperature, top }];
}

/** Whether chat streams, its probabilities too, and what half the temperature does to them. */
export async function examineStream(examiner: Examiner): Promise<Place[]> {
  const messages = asMessages(BROKEN_OFF);
  const body = { messages, max_tokens: 1, temperature: 0.5, stream: true };
  const reply = await examiner.write('stream', 'chat', { ...body, ...logprobsOf('chat') });
  if (reply === undefined || verdictOf(reply) !== 'taken') {
    return [];
  }
  const sample = sampleOf(reply);
  noteStream(examiner, 'chat', reply, sample);
  return firstPlace('chat', 0.5, sample);
}

/** A few alternatives, as an API is asked for them. */
export const logprobsOf = (api: WritingApi, count = FEW) =>
  api === 'chat' ? { logprobs: true, top_logprobs: count } : { logprobs: count };

export function noteStream(
  examiner: Examiner,
  api: WritingApi,
  { streamed }: Reply,
  sample: Sample,
): void {
  const evidence = streamed
    ? 'The answer came as a stream of events.'
    : 'It was asked for a stream and answered in one piece.';
  examiner.note('stream', api, streamed ? 'yes' : 'no', evidence);
  const known = examiner.record.find('logprobs', api);
  if (known?.value === 'yes' && streamed) {
    examiner.note('logprobs', api, 'yes', known.evidence, {
      streamed: sample.shape !== undefined,
    });
  }
}

/** Whether it goes on with a message that was begun for it. */
export async function examineBegun(examiner: Examiner): Promise<void> {
  const messages = [...asMessages(REQUEST), { role: 'assistant', content: BROKEN_OFF }];
  const body = { messages, max_tokens: 4, temperature: 0 };
  const fields = { continue_final_message: true, add_generation_prompt: false };
  let reply = await examiner.write('begun', 'chat', { ...body, ...fields });
  if (reply && verdictOf(reply) === 'refused') {
    const evidence = refusalOf(reply);
    const isNamed = Object.keys(fields).some((name) => evidence.includes(name));
    if (isNamed || examiner.record.get('strict').value === 'yes') {
      Object.keys(fields).forEach((name) =>
        examiner.record.noteParameter(name, { value: 'no', evidence }),
      );
      reply = await examiner.write('begun', 'chat', body);
    }
  }
  if (reply === undefined) {
    return;
  }
  if (verdictOf(reply) !== 'taken') {
    const value = verdictOf(reply) === 'refused' ? 'no' : 'unknown';
    examiner.note('prefill', 'chat', value, refusalOf(reply));
    return;
  }
  const text = sampleOf(reply).choices[0]?.text ?? '';
  // In four tokens nobody says all of it again: the server put it before the reply.
  if (text.startsWith(BROKEN_OFF) && text.length > BROKEN_OFF.length) {
    const evidence = `The reply holds what was begun and goes on: ${quoted(text)}`;
    examiner.note('prefill', 'chat', 'yes', evidence, { repeats: true });
    return;
  }
  const way = wayOn(text, BROKEN_OFF);
  const value = way === 'on' ? 'yes' : way === 'answers' ? 'no' : 'unknown';
  const evidence =
    way === undefined ? 'It wrote nothing.' : `“${BROKEN_OFF}” was begun; it wrote ${quoted(text)}`;
  examiner.note('prefill', 'chat', value, evidence, { repeats: false });
}

const LONGEST = 60;

/** A piece of an answer as evidence, on one line. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/gu, ' ');
  return `“${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}”.`;
}
