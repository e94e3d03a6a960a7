import type { ModelError } from '../error';
import { VariorumError } from '../error';
import type { StoredRecord } from '../capability/storedRecord';
import type { Endpoint } from '../openai/endpoint';
import { isRecord } from '../openai/json';
import { modelError, type Respondent } from '../openai/modelError';
import { Budget } from './budget';
import { examineBegun, examineChat, examineStream, firstPlace, type Place } from './chatSteps';
import { examineEcho, examineText } from './completionSteps';
import { Examiner, type Made, type Step, type WritingApi } from './examiner';
import { readList, readProps, readVersion, type Hints } from './hints';
import { bytesQuality, chosenIsListed } from './judge';
import { meaningOf } from './meaning';
import { refusalOf, verdictOf, type Reply, type Send } from './send';
import { BROKEN_OFF } from './texts';
import { examineBan, examineEmoji, examineSeveral, type Banned } from './writingSteps';

/** What was found out about a model, and what that took. */
export interface Examination {
  origin: string;
  model: string;
  /** When it ended, in milliseconds since the epoch. */
  time: number;
  record: StoredRecord;
  hints: Hints;
  /** In the order in which they were made. */
  requests: readonly Made[];
  /** Tokens asked for at most, all requests together. */
  tokens: number;
  /** Why it ended early, if it did. */
  stopped?: ModelError;
}

export interface ExamineParts {
  send: Send;
  now: () => number;
  signal: AbortSignal;
  onStep?: (step: Step) => void;
}

/**
 * Asks a model a few cheap things to find out what it can do: 12 requests and 64 tokens at most, each made
 * once. What a server is called decides nothing; what it says of itself is kept as hints.
 * @returns what is known by then, when it was aborted
 * @throws VariorumError when nobody answers, or only to those who have a key
 */
export async function examine(
  { model, api = 'auto' }: Pick<Endpoint, 'model' | 'api'>,
  who: Respondent,
  { send, now, signal, onStep = () => undefined }: ExamineParts,
): Promise<Examination> {
  const budget = new Budget();
  const examiner = new Examiner({ model, send, now, budget, signal, onStep });
  const listed = await readList(examiner);
  const { places, banned } = await askAll(examiner, api);
  const props = await readProps(examiner);
  await examineResponses(examiner);
  const version = Object.keys(props).length === 0 ? await readVersion(examiner) : {};
  const { stopped } = examiner;
  const isEmpty = !examiner.made.some(({ step, status }) => step !== 'list' && status === 200);
  if (stopped !== undefined && isEmpty && !signal.aborted) {
    throw new VariorumError(errorOf(stopped, who));
  }
  noteLogprobs(examiner, places, banned);
  if (!who.hasKey && !isEmpty) {
    examiner.note('key', 'server', 'no', 'It answered without one.');
  }
  return {
    origin: who.origin,
    model,
    time: now(),
    record: examiner.record.toJSON(),
    hints: { ...listed, ...props, ...version },
    requests: examiner.made,
    tokens: budget.tokens,
    ...(stopped ? { stopped: errorOf(stopped, who) } : {}),
  };
}

async function askAll(
  examiner: Examiner,
  api: NonNullable<Endpoint['api']>,
): Promise<{ places: Place[]; banned: Banned }> {
  const places: Place[] = [];
  const chat = api === 'completions' ? undefined : await examineChat(examiner);
  places.push(...firstPlace('chat', 1, chat));
  if (chat !== undefined) {
    places.push(...(await examineStream(examiner)));
  }
  const text = api === 'chat' ? undefined : await examineText(examiner, chat);
  places.push(...(text?.places ?? []));
  if (text?.sample !== undefined) {
    await examineEcho(examiner);
  }
  const writing = writingApi(examiner);
  if (writing === undefined) {
    return { places, banned: { list: undefined } };
  }
  places.push(...(await examineSeveral(examiner, writing)));
  const place = places.find((each) => each.api === writing);
  const banned = await examineBan(examiner, writing, place);
  if (chat !== undefined) {
    await examineBegun(examiner);
  }
  if (bytesQuality(examiner.samples) === undefined && place !== undefined) {
    await examineEmoji(examiner, chat === undefined ? 'completions' : 'chat');
  }
  return { places, banned };
}

/** The API that a draft would go to. */
function writingApi({ record }: Examiner): WritingApi | undefined {
  const isThere = (api: WritingApi) => record.get('answers', api).value === 'yes';
  const isRaw = isThere('completions') && record.get('rawText', 'completions').value !== 'no';
  return isRaw || !isThere('chat') ? (isThere('completions') ? 'completions' : undefined) : 'chat';
}

/** What can be told only from all that came. */
function noteLogprobs(examiner: Examiner, places: readonly Place[], banned: Banned): void {
  const bytes = bytesQuality(examiner.samples);
  const chosenListed = chosenIsListed(examiner.samples);
  for (const api of ['chat', 'completions'] as const) {
    const known = examiner.record.get('logprobs', api);
    if (known.value === 'yes') {
      const isBanned = places.some((place) => place.api === api) ? banned : { list: undefined };
      examiner.note('logprobs', api, 'yes', known.evidence, {
        ...meaningOf(
          places.filter((place) => place.api === api),
          isBanned,
        ),
        ...(bytes === undefined ? {} : { bytes }),
        ...(chosenListed === undefined ? {} : { chosenListed }),
      });
    }
  }
}

async function examineResponses(examiner: Examiner): Promise<void> {
  const { model } = examiner.parts;
  const body = { model, input: BROKEN_OFF, max_output_tokens: 1, store: false };
  const reply = await examiner.ask('responses', { path: '/responses', body }, 1);
  if (reply === undefined || verdictOf(reply) === 'silent') {
    return;
  }
  const said = refusalOf(reply);
  if (verdictOf(reply) === 'refused') {
    // Who objects to so few tokens has understood the rest.
    const isThere = said.includes('max_output_tokens');
    examiner.note('answers', 'responses', isThere ? 'yes' : 'no', said);
    return;
  }
  const [json] = reply.events;
  const isResponse = isRecord(json) && Array.isArray(json['output']);
  const evidence = isResponse ? 'It answered.' : 'It answered with something else.';
  examiner.note('answers', 'responses', isResponse ? 'yes' : 'no', evidence);
}

function errorOf(reply: Reply, who: Respondent): ModelError {
  const { failure, status, events } = reply;
  const answered = { kind: 'status', status, body: events[0] } as const;
  return modelError(failure ?? answered, who, false);
}
