import { readEcho, readPromptLogprobs } from '../openai/promptAnswer';
import { FEW, firstPlace, noteApi, noteStream, quoted, type Place } from './chatSteps';
import type { Examiner } from './examiner';
import { wayOn } from './judge';
import type { Sample } from './sample';
import { refusalOf, verdictOf, type Reply } from './send';
import { BROKEN_OFF, EMOJI } from './texts';

/** What raw text brings: whether it goes in as it stands, and how it is gone on with. */
export async function examineText(
  examiner: Examiner,
  chat: Sample | undefined,
): Promise<{ sample: Sample | undefined; places: Place[] }> {
  const body = {
    prompt: BROKEN_OFF,
    max_tokens: 12,
    temperature: 0.5,
    stream: true,
    logprobs: FEW,
  };
  const reply = await examiner.write('text', 'completions', body);
  const sample = reply && noteApi(examiner, 'completions', reply, { count: FEW });
  if (reply === undefined || sample === undefined) {
    return { sample: undefined, places: [] };
  }
  noteStream(examiner, 'completions', reply, sample);
  noteWay(examiner, sample, chat);
  return { sample, places: firstPlace('completions', 0.5, sample) };
}

function noteWay(examiner: Examiner, sample: Sample, chat: Sample | undefined): void {
  const text = sample.choices[0]?.text ?? '';
  const way = wayOn(text, BROKEN_OFF);
  const wrote = `To “${BROKEN_OFF}” it wrote ${quoted(text)}`;
  const { promptTokens } = sample;
  const inChat = chat?.promptTokens;
  const lengths =
    promptTokens === undefined || inChat === undefined
      ? ''
      : ` The prompt counts ${promptTokens} tokens, in a chat ${inChat}.`;
  const isShorter = promptTokens !== undefined && inChat !== undefined && promptTokens < inChat;
  if (way === undefined) {
    examiner.note(
      'rawText',
      'completions',
      isShorter ? 'yes' : 'unknown',
      `It wrote nothing.${lengths}`,
    );
    return;
  }
  // A template adds tokens of its own, so a shorter prompt has none, whatever the model makes of it.
  const isRaw = way === 'on' || isShorter;
  examiner.note('rawText', 'completions', isRaw ? 'yes' : 'no', `${wrote}${lengths}`);
  examiner.note('base', 'completions', way === 'on' ? 'yes' : 'no', wrote);
}

/** Whether text that is there can be scored. */
export async function examineEcho(examiner: Examiner): Promise<void> {
  const prompt = `${BROKEN_OFF} ${EMOJI}`;
  const ask = (most: number) =>
    examiner.write(
      'score',
      'completions',
      { prompt, max_tokens: most, temperature: 0, echo: true, logprobs: FEW },
      ['logprobs', 'temperature'],
    );
  let reply = await ask(0);
  if (reply && verdictOf(reply) === 'refused' && refusalOf(reply).includes('max_tokens')) {
    reply = await ask(1);
  }
  if (reply === undefined || verdictOf(reply) === 'silent') {
    return;
  }
  if (verdictOf(reply) === 'refused') {
    examiner.note('score', 'completions', 'no', refusalOf(reply));
    return;
  }
  const answer = readEcho(reply.events[0], prompt);
  if ('run' in answer) {
    const evidence = `It gave a text back with the probabilities of its ${answer.run.tokens.length} tokens (echo).`;
    examiner.note('score', 'completions', 'yes', evidence, { how: 'echo' });
  } else {
    const why = 'problem' in answer ? answer.problem : 'Its answer could not be read.';
    examiner.note('score', 'completions', 'no', why);
  }
}

/** What `prompt_logprobs`, which went along with another request, has brought. */
export function notePromptLogprobs(examiner: Examiner, reply: Reply): void {
  const known = examiner.record.get('score', 'completions');
  const answer = readPromptLogprobs(reply.events[0], BROKEN_OFF);
  if (known.value === 'yes') {
    return;
  }
  if ('problem' in answer) {
    const evidence = `${known.value === 'no' ? `${known.evidence} ` : ''}By prompt_logprobs it gives none either.`;
    examiner.note('score', 'completions', 'no', evidence);
    return;
  }
  examiner.note(
    'score',
    'completions',
    'yes',
    'It gave the probabilities of the prompt (prompt_logprobs).',
    { how: 'prompt_logprobs' },
  );
}
