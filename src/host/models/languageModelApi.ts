import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { formatReference, type ModelReference } from '../../core/model/discovery/modelReference';
import type {
  Capabilities,
  Capability,
  Chunk,
  LanguageModel,
  Options,
  Passage,
  Prompt,
  PromptPart,
  Said,
} from '../../core/model/languageModel';
import { interleave, untilAborted } from '../../core/model/interleave';
import { checkOptions } from '../../core/model/options';
import { cleanReply } from '../../core/prompt/cleanReply';
import { fitToModel } from '../../core/prompt/fitPassage';
import { renderPrompt, strategyFor } from '../../core/prompt/renderPrompt';
import { goneError, languageModelError, messagesOnly } from './languageModelError';

export type ChatReference = ModelReference & { kind: 'vscode' };

/** Whether a request may go out without asking the person first. */
export type Access = Pick<vscode.LanguageModelAccessInformation, 'canSendRequest'>;

/** These models count their tokens elsewhere: characters of prose in one, on average. */
const CHARACTERS_A_TOKEN = 4.5;

/**
 * One of VS Code's own language models. Consent is asked for by VS Code, at the first request. Branches
 * end at once when called off; older VS Codes (1.106) let the provider write on unheard.
 */
export class LanguageModelApi implements LanguageModel {
  readonly id: string;
  readonly capabilities = capabilities();
  #name: string;
  #maxInput = Infinity;

  constructor(
    private readonly reference: ChatReference,
    private readonly access: Access,
  ) {
    this.id = formatReference(reference);
    this.#name = reference.id;
  }

  get label(): string {
    return this.#name;
  }

  get note(): string {
    return vscode.l10n.t('A language model of VS Code, from {0}.', this.reference.vendor);
  }

  /** Looks it up, and learns its name. What VS Code has may have changed since the last time. */
  async find(): Promise<vscode.LanguageModelChat | undefined> {
    const { vendor, id } = this.reference;
    const [chat] = await vscode.lm.selectChatModels({ vendor, id });
    this.#name = chat?.name ?? this.#name;
    // Some providers do not know, and say 0.
    this.#maxInput = chat && chat.maxInputTokens > 0 ? chat.maxInputTokens : this.#maxInput;
    return chat;
  }

  prompt(passage: Passage, options: Options): Prompt {
    const most = this.#maxInput + options.maxTokens;
    const { passage: sent, cut } = fitToModel(passage, 'few-shot', options, most);
    const strategy = strategyFor(sent, 'few-shot', options);
    const parts = withoutSystem(renderPrompt(sent, strategy, options));
    return { strategy, parts, parameters: modelOptions(options), ...(cut ? { cut } : {}) };
  }

  async *continue(passage: Passage, options: Options, signal: AbortSignal): AsyncIterable<Chunk> {
    checkOptions(options);
    const chat = await this.#found();
    const { strategy, parts } = this.prompt(passage, options);
    yield* cleanReply(this.#stream(chat, parts, options, signal), passage, strategy);
  }

  /** @throws VariorumError `unsupported` when it is raw text that is to be gone on with */
  async *answer(said: Said, options: Options, signal: AbortSignal): AsyncIterable<Chunk> {
    checkOptions(options);
    if (said.kind === 'text') {
      throw new VariorumError(messagesOnly(this.label));
    }
    yield* this.#stream(await this.#found(), withoutSystem(said.messages), options, signal);
  }

  async #found(): Promise<vscode.LanguageModelChat> {
    const chat = await this.find();
    if (chat === undefined) {
      throw new VariorumError(goneError(this.label));
    }
    return chat;
  }

  async *#stream(
    chat: vscode.LanguageModelChat,
    parts: readonly PromptPart[],
    options: Options,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk> {
    const requests = await this.#send(chat, parts, options, signal);
    const most = Math.ceil(options.maxTokens * CHARACTERS_A_TOKEN);
    const branches = requests.map((request, branch) => this.#branch(branch, request, most));
    const streams = branches.map((stream, branch) => untilAborted(branch, stream, signal));
    try {
      yield* interleave(streams);
    } finally {
      requests.forEach(({ source }) => source.cancel());
    }
  }

  /** One request a branch. The first goes alone until consent is given, so that VS Code asks once. */
  async #send(
    chat: vscode.LanguageModelChat,
    parts: readonly PromptPart[],
    options: Options,
    signal: AbortSignal,
  ): Promise<Request[]> {
    const send = (): Request => {
      const source = new vscode.CancellationTokenSource();
      signal.addEventListener('abort', () => source.cancel(), { once: true });
      const response = Promise.resolve(
        chat.sendRequest(messagesOf(parts), requestOptions(options), source.token),
      );
      // Its branch tells of the failure.
      response.catch(() => undefined);
      return { source, response };
    };
    const first = send();
    if (this.access.canSendRequest(chat) !== true) {
      try {
        await first.response;
      } catch (error) {
        if (!signal.aborted) {
          throw new VariorumError(languageModelError(error, this.label), { cause: error });
        }
      }
    }
    return [first, ...Array.from({ length: options.n - 1 }, send)];
  }

  async *#branch(branch: number, request: Request, most: number): AsyncGenerator<Chunk> {
    const { source, response } = request;
    let length = 0;
    try {
      for await (const part of (await response).stream) {
        // Other kinds of parts are for other kinds of callers.
        if (!(part instanceof vscode.LanguageModelTextPart) || part.value === '') {
          continue;
        }
        const text = part.value.slice(0, most - length);
        length += text.length;
        yield { branch, kind: 'delta', text };
        if (length >= most) {
          source.cancel();
          yield { branch, kind: 'end', finish: 'length' };
          return;
        }
      }
      const finish = source.token.isCancellationRequested ? 'cancelled' : 'stop';
      yield { branch, kind: 'end', finish };
    } catch (error) {
      yield source.token.isCancellationRequested
        ? { branch, kind: 'end', finish: 'cancelled' }
        : { branch, kind: 'error', error: languageModelError(error, this.label) };
    } finally {
      source.dispose();
    }
  }
}

interface Request {
  source: vscode.CancellationTokenSource;
  response: Promise<vscode.LanguageModelChatResponse>;
}

/** There is no system role: what is said in it stands before the first thing that the writer says. */
function withoutSystem(parts: readonly PromptPart[]): PromptPart[] {
  const said = parts.filter(({ role }) => role === 'system').map(({ text }) => text);
  const rest = parts.filter(({ role }) => role !== 'system');
  const first = rest.findIndex(({ role }) => role !== 'assistant');
  if (said.length === 0) {
    return rest;
  }
  const text = [...said, ...(first < 0 ? [] : [rest[first]?.text ?? ''])].join('\n\n');
  const user: PromptPart = { role: 'user', text };
  return first < 0 ? [user, ...rest] : rest.map((part, index) => (index === first ? user : part));
}

function messagesOf(parts: readonly PromptPart[]): vscode.LanguageModelChatMessage[] {
  const { LanguageModelChatMessage } = vscode;
  return parts.map(({ role, text }) =>
    role === 'assistant'
      ? LanguageModelChatMessage.Assistant(text)
      : LanguageModelChatMessage.User(text),
  );
}

function requestOptions(options: Options): vscode.LanguageModelChatRequestOptions {
  const parameters = modelOptions(options);
  return {
    justification: vscode.l10n.t('Variorum continues and rewrites your draft with this model.'),
    ...(Object.keys(parameters).length > 0 ? { modelOptions: parameters } : {}),
  };
}

/** Only what the writer has changed: each provider has its own names, and some refuse what they do not know. */
function modelOptions({ temperature, topP }: Options): Record<string, number> {
  return {
    ...(temperature === 1 ? {} : { temperature }),
    ...(topP === 1 ? {} : { top_p: topP }),
  };
}

function capabilities(): Capabilities {
  const no = (evidence: string): Capability => ({ value: 'no', evidence });
  const noLogprobs = no(
    vscode.l10n.t('VS Code’s language model API gives no token probabilities.'),
  );
  const chatOnly = no(vscode.l10n.t('VS Code’s language model API takes messages only.'));
  return {
    logprobs: { ...noLogprobs, semantics: 'unknown' },
    alternatives: { ...noLogprobs, max: 0 },
    score: noLogprobs,
    raw: chatOnly,
    chat: {
      value: 'yes',
      evidence: vscode.l10n.t('VS Code’s language model API takes messages.'),
    },
    prefill: chatOnly,
    infill: chatOnly,
    seed: no(vscode.l10n.t('VS Code’s language model API takes no seed.')),
    embed: no(vscode.l10n.t('VS Code’s language model API gives no embeddings.')),
  };
}
