import { boundIn } from '../openai/bound';
import { asMessages, firstPlace, logprobsOf, quoted, type Place } from './chatSteps';
import { notePromptLogprobs } from './completionSteps';
import type { Examiner, WritingApi } from './examiner';
import { compareLists, sameSeed } from './judge';
import { emittedOf, sampleOf, topOf, type Listed, type Sample, type Sampled } from './sample';
import { refusalOf, verdictOf } from './send';
import { ANY_ID, BROKEN_OFF, EMOJI, EMOJI_REQUEST, NO_SUCH_PARAMETER, SEED } from './texts';

const prompt = (api: WritingApi, text = BROKEN_OFF) =>
  api === 'chat' ? { messages: asMessages(text) } : { prompt: text };

/** Several continuations at once, then the same again with a parameter that nobody knows. */
export async function examineSeveral(examiner: Examiner, api: WritingApi): Promise<Place[]> {
  const body = {
    ...prompt(api),
    ...{ max_tokens: 4, temperature: 1, seed: SEED, n: 2 },
    ...logprobsOf(api, 2),
  };
  let reply = await examiner.write('several', api, body, ['n']);
  if (reply && verdictOf(reply) === 'refused') {
    const evidence = refusalOf(reply);
    examiner.note('several', 'server', 'no', evidence, { max: boundIn(evidence, 2) ?? 1 });
    const { n: _, ...single } = body;
    Object.assign(body, { n: 1 });
    reply = await examiner.write('several', api, single);
  } else if (reply && verdictOf(reply) === 'taken') {
    noteSeveral(examiner, sampleOf(reply));
  }
  if (reply === undefined || verdictOf(reply) !== 'taken') {
    return [];
  }
  const first = sampleOf(reply);
  await examineAgain(examiner, api, body, first);
  return firstPlace(api, 1, first);
}

function noteSeveral(examiner: Examiner, { choices }: Sample): void {
  const isBoth = choices.length > 1;
  const evidence = isBoth
    ? `${choices.length} were asked for and came.`
    : '2 were asked for and 1 came; the answer says nothing of the other.';
  examiner.note('several', 'server', isBoth ? 'yes' : 'no', evidence, isBoth ? {} : { max: 1 });
}

async function examineAgain(
  examiner: Examiner,
  api: WritingApi,
  { n, ...body }: Readonly<Record<string, unknown>>,
  first: Sample,
): Promise<void> {
  const same = n === 1 ? body : { ...body, n };
  const extra = {
    [NO_SUCH_PARAMETER]: true,
    ...(api === 'completions' ? { prompt_logprobs: 1 } : {}),
  };
  let reply = await examiner.write('again', api, { ...same, ...extra }, ['n']);
  if (reply === undefined || verdictOf(reply) === 'silent') {
    return;
  }
  if (verdictOf(reply) === 'refused') {
    examiner.note('strict', 'server', 'yes', refusalOf(reply));
    reply = await examiner.write('again', api, same, ['n']);
  } else {
    const evidence = `It was sent “${NO_SUCH_PARAMETER}” and answered as if it were not there.`;
    examiner.note('strict', 'server', 'no', evidence);
    if (api === 'completions') {
      notePromptLogprobs(examiner, reply);
    }
  }
  if (reply && verdictOf(reply) === 'taken' && examiner.record.parameter('seed') === undefined) {
    noteSeed(examiner, first, sampleOf(reply));
  }
}

function noteSeed(examiner: Examiner, first: Sample, second: Sample): void {
  switch (sameSeed(first.choices, second.choices)) {
    case 'same':
      examiner.note('seed', 'server', 'yes', 'The same seed gave the same texts twice.');
      return;
    case 'other':
      examiner.note('seed', 'server', 'no', 'The same seed gave other texts, and no word of that.');
      return;
    case 'unclear':
      examiner.note(
        'seed',
        'server',
        'unknown',
        'The texts were the same, which may be chance: there was little to choose from.',
      );
  }
}

/** What a ban does: to what is written, and to the probabilities. */
export interface Banned {
  /** How the list of the place was: as without the ban, or not. */
  list: 'same' | 'changed' | undefined;
}

/** Whether a token can be forbidden, or called up where ids are not known. */
export async function examineBan(
  examiner: Examiner,
  api: WritingApi,
  place: Place | undefined,
): Promise<Banned> {
  const [best] = place?.top ?? [];
  const reply = await examiner.write('ban', api, banBody(api, best?.id), ['logit_bias']);
  if (reply === undefined || verdictOf(reply) === 'silent') {
    return UNTOLD;
  }
  if (verdictOf(reply) === 'refused') {
    examiner.note('logitBias', 'server', 'no', refusalOf(reply));
    return UNTOLD;
  }
  const [choice] = sampleOf(reply).choices;
  if (best?.id !== undefined) {
    return noteBan(examiner, choice, best, place?.top ?? []);
  }
  noteCalledUp(examiner, choice?.text ?? '', best?.name);
  return UNTOLD;
}

function banBody(api: WritingApi, id: number | undefined): Record<string, unknown> {
  const bias =
    id === undefined
      ? { max_tokens: 2, logit_bias: { [ANY_ID]: 100 } }
      : { max_tokens: 1, logit_bias: { [id]: -100 } };
  return { ...prompt(api), ...bias, temperature: 0, ...logprobsOf(api) };
}

const UNTOLD: Banned = { list: undefined };

/** @param free the list of the place without the ban */
function noteBan(
  examiner: Examiner,
  choice: Sampled | undefined,
  { id, name }: Listed,
  free: readonly Listed[],
): Banned {
  const [entry] = choice?.entries ?? [];
  const emitted = emittedOf(entry);
  if (emitted === undefined) {
    examiner.note('logitBias', 'server', 'unknown', 'The answer does not say which token it is.');
    return UNTOLD;
  }
  const token = `The token ${id}, the likeliest one, was forbidden`;
  if (emitted.name === name) {
    examiner.note('logitBias', 'server', 'no', `${token} and came.`);
    return UNTOLD;
  }
  examiner.note('logitBias', 'server', 'yes', `${token} and did not come.`, { by: 'id' });
  const list = topOf(entry);
  const isListed = list.some((listed) => listed.name === name);
  return { list: isListed ? compareLists(list, free) : 'changed' };
}

/** Ids are not told: one that every vocabulary has was made certain, so it comes twice. */
function noteCalledUp(examiner: Examiner, text: string, best: string | undefined): void {
  const half = text.slice(0, text.length / 2);
  const isTwice = text.length > 1 && text === half + half && half.trim() !== '';
  const isBest = best?.startsWith(half) === true;
  const value = isTwice && !isBest ? 'yes' : text === '' ? 'unknown' : 'no';
  const evidence = `Token ${ANY_ID} was made certain; it wrote ${quoted(text)}`;
  examiner.note('logitBias', 'server', value, evidence, value === 'yes' ? { by: 'id' } : {});
}

/** A character of several bytes, so that the bytes of tokens can be compared with the text. */
export async function examineEmoji(examiner: Examiner, api: WritingApi): Promise<void> {
  const text = api === 'chat' ? EMOJI_REQUEST : EMOJI.repeat(4);
  const body = { ...prompt(api, text), max_tokens: 4, temperature: 0 };
  await examiner.write('emoji', api, { ...body, ...logprobsOf(api) });
}
