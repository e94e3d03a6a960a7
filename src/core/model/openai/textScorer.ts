import type { Span } from '../../text/span';
import { VariorumError } from '../error';
import type { Capability } from '../languageModel';
import type { Run } from '../token';
import {
  gap,
  windowAt,
  WindowJoiner,
  within,
  wordEnd,
  type Window,
  type WindowSize,
} from '../windows';
import { contextError } from './contextError';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { modelError, type Respondent } from './modelError';
import { readEcho, readPromptLogprobs, type PromptAnswer } from './promptAnswer';
import { serverMessage } from './serverMessage';
import { WireError, type RequestBody, type Wire, type WireFailure } from './wire';

/** Some 2,000 tokens of English, 500 of them context: any server takes as much. */
const FIRST_SIZE: WindowSize = { size: 8000, context: 2000 };
/** Servers with less room than this are not asked again. */
const SMALLEST = 400;
/** Answers that are about what was asked, not about who asks. */
const ABOUT_THE_REQUEST = new Set([400, 403, 404, 405, 410, 415, 422, 500, 501]);
/** OpenAI's bound for completions. */
const MOST_ALTERNATIVES = 5;

/** How a server may be asked for the probabilities of a text, in the order in which it is tried. */
const FORMS = ['echo', 'prompt_logprobs'] as const;
type Form = (typeof FORMS)[number];

interface Asked {
  text: string;
  window: Window;
  alternatives: number;
}

/** Scores text by the completions API. What a server cannot do is learnt from its answers. */
export class TextScorer {
  readonly #refused = new Map<Form, string>();
  /** What a form does better without. */
  readonly #without = new Set<'no tokens' | 'token ids' | 'alternatives'>();
  #known: Form | undefined;
  #sizes = FIRST_SIZE;

  constructor(
    private readonly endpoint: Endpoint,
    private readonly wire: Wire,
    private readonly learned: Learned,
    private readonly who: Respondent,
  ) {}

  /** What is known by now. */
  get capability(): Capability {
    if (this.#known !== undefined) {
      return { value: 'yes', evidence: `It scored text by ${this.#known}.` };
    }
    const chatOnly =
      this.endpoint.api === 'chat'
        ? 'It is set to be asked by its chat API, which scores no text.'
        : this.learned.api('completions').value === 'no'
          ? `Only the completions API scores text. ${this.learned.api('completions').evidence}`
          : undefined;
    if (chatOnly !== undefined) {
      return { value: 'no', evidence: chatOnly };
    }
    const known = this.learned.record.get('score', 'completions');
    if (known.value !== 'unknown') {
      return known;
    }
    const reasons = FORMS.map((form) => this.#refused.get(form));
    return reasons.every((reason) => reason !== undefined)
      ? { value: 'no', evidence: [...new Set(reasons)].join(' ') }
      : { value: 'unknown', evidence: 'Not tried yet.' };
  }

  /** @throws VariorumError */
  async *score(
    text: string,
    span: Span,
    alternatives: number,
    signal: AbortSignal,
  ): AsyncGenerator<Run, void, undefined> {
    const joiner = new WindowJoiner(span.start);
    const end = wordEnd(text, span.end);
    let of: Omit<Run, 'tokens'> = { semantics: 'unknown', bytes: 'none' };
    while (joiner.end < end && !signal.aborted) {
      const from = joiner.end;
      const run = await this.#window(text, end, from, alternatives, signal);
      if (run === undefined) {
        break;
      }
      const { tokens, ...rest } = run;
      of = rest;
      yield within({ ...of, tokens: joiner.add(tokens) }, span);
      if (joiner.end <= from) {
        joiner.add([gap(from, end)]);
      }
    }
    yield within({ ...of, tokens: joiner.rest() }, span);
  }

  /** One window, a smaller one where the server takes no more; undefined when it was aborted. */
  async #window(
    text: string,
    end: number,
    from: number,
    alternatives: number,
    signal: AbortSignal,
  ): Promise<Run | undefined> {
    for (;;) {
      const window = windowAt(text, from, end, this.#sizes);
      try {
        const asked = { text: text.slice(window.start, window.end), window, alternatives };
        const run = await this.#ask(asked, signal);
        return signal.aborted ? undefined : shifted(run, window.start);
      } catch (error) {
        if (signal.aborted) {
          return undefined;
        }
        const size = Math.min(this.#sizes.size, window.end - window.start) / 2;
        if (!isContext(error) || size < SMALLEST) {
          throw error;
        }
        this.#sizes = { size: Math.floor(size), context: Math.floor(size / 4) };
      }
    }
  }

  async #ask(asked: Asked, signal: AbortSignal): Promise<Run> {
    for (;;) {
      const { value } = this.capability;
      const form = this.#known ?? this.#next();
      if (value === 'no' || form === undefined) {
        throw this.#unsupported();
      }
      const answer = await this.#answer(form, asked, signal);
      if ('run' in answer) {
        this.#known = form;
        const evidence = `It scored text by ${form}.`;
        this.learned.record.note('score', 'completions', { value: 'yes', evidence }, { how: form });
        return answer.run;
      }
      if ('problem' in answer) {
        this.#refuse(form, answer.problem);
      } else if (answer.again === 'without alternatives') {
        if (this.#without.has('alternatives')) {
          this.#refuse(
            form,
            'It lists several tokens for one place and does not say which is there.',
          );
        }
        this.#without.add('alternatives');
      }
    }
  }

  /** The form to try now: first the one that an examination has found to work. */
  #next(): Form | undefined {
    const { how } = this.learned.record.find('score', 'completions')?.detail ?? {};
    const forms = how === undefined ? FORMS : [how, ...FORMS];
    return forms.find((each) => !this.#refused.has(each));
  }

  async #answer(form: Form, asked: Asked, signal: AbortSignal): Promise<PromptAnswer> {
    const body = this.#body(form, asked);
    try {
      const answer = await this.wire.complete('completions', body, signal);
      return form === 'echo'
        ? readEcho(answer, asked.text)
        : readPromptLogprobs(answer, asked.text);
    } catch (error) {
      if (!(error instanceof WireError)) {
        throw error;
      }
      return this.#refusal(form, body, error.failure);
    }
  }

  #body(form: Form, { text, alternatives }: Asked): RequestBody {
    const most = Math.min(alternatives, MOST_ALTERNATIVES);
    const count = this.#without.has('alternatives') ? 0 : most;
    const common = { model: this.endpoint.model, prompt: text, temperature: 0 };
    return form === 'echo'
      ? // At least one: some servers take none to mean no probabilities either.
        {
          ...common,
          echo: true,
          logprobs: Math.max(1, most),
          max_tokens: this.#without.has('no tokens') ? 1 : 0,
        }
      : {
          ...common,
          prompt_logprobs: count,
          ...(count > 0 && !this.#without.has('token ids') ? { return_token_ids: true } : {}),
          max_tokens: 1,
        };
  }

  /** @throws VariorumError when the refusal is not about the form of the request */
  #refusal(form: Form, body: RequestBody, failure: WireFailure): PromptAnswer {
    const isAboutIt = failure.kind === 'status' && ABOUT_THE_REQUEST.has(failure.status);
    if (!isAboutIt || contextError(failure.body) !== undefined) {
      throw new VariorumError(modelError(failure, this.who, false));
    }
    const message = serverMessage(failure.body);
    const names = (name: string): boolean =>
      message.parameters.includes(name) || message.text.includes(name);
    if (body['max_tokens'] === 0 && names('max_tokens')) {
      this.#without.add('no tokens');
      return { again: 'as learnt' };
    }
    if ('return_token_ids' in body && names('return_token_ids')) {
      this.#without.add('token ids');
      return { again: 'as learnt' };
    }
    const { status } = failure;
    return { problem: `The server answered ${status} to ${form}: ${message.text}` };
  }

  #refuse(form: Form, problem: string): void {
    if (this.#known === form) {
      // It could before: this answer says nothing of what it can do.
      throw new VariorumError({
        code: 'stream',
        message: `${this.who.origin} scored part of the text and then no more. ${problem}`,
        action: 'What came is kept; try again.',
        retryable: true,
      });
    }
    this.#refused.set(form, problem);
    if (FORMS.every((each) => this.#refused.has(each))) {
      const evidence = [...new Set(this.#refused.values())].join(' ');
      this.learned.record.note('score', 'completions', { value: 'no', evidence });
    }
  }

  #unsupported(): VariorumError {
    return new VariorumError({
      code: 'unsupported',
      message: `${this.who.model} cannot score text that it did not write. ${this.capability.evidence}`,
      action: 'Score it with Sketch, the built-in model, or with another one that can.',
      retryable: false,
    });
  }
}

function isContext(error: unknown): boolean {
  return error instanceof VariorumError && error.detail.code === 'context';
}

function shifted(run: Run, by: number): Run {
  const tokens = run.tokens.map((token) => ({
    ...token,
    start: token.start + by,
    end: token.end + by,
  }));
  return { ...run, tokens };
}
