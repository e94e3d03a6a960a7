import { Collector } from '../model/collector';
import { VariorumError, type ModelError } from '../model/error';
import { HeldText, type TokenText } from '../model/heldText';
import { failingAlone, untilAborted } from '../model/interleave';
import type { Finish, LanguageModel, Options, Said, Usage } from '../model/languageModel';
import type { Token } from '../model/token';
import type { Span } from '../text/span';
import { estimateTokens } from '../prompt/fitPassage';

/** One answer, whole. */
export interface Answered {
  text: string;
  tokens: readonly Token[];
  finish: Finish;
  /** Estimated where the server did not tell it. */
  usage: Usage;
  error?: ModelError;
}

/**
 * Asks for one answer and waits for all of it.
 * @param end where an answer of raw text ends; the request is closed there
 */
export async function ask(
  model: LanguageModel,
  said: Said,
  options: Options,
  end: RegExp | undefined,
  signal: AbortSignal,
): Promise<Answered> {
  const collector = new Collector(1);
  const [branch] = collector.branches;
  if (model.answer === undefined || branch === undefined) {
    throw cannotBeTold(model);
  }
  // One of its own, so that a rewriting of many requests does not gather listeners on the caller's.
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener('abort', abort, { once: true });
  const stream = failingAlone(0, model.answer(said, { ...options, n: 1 }, stop.signal));
  let isOver = false;
  try {
    for await (const chunk of untilAborted(0, stream, stop.signal)) {
      collector.add(chunk);
      if (end?.test(branch.text) === true) {
        isOver = true;
        break;
      }
    }
  } finally {
    signal.removeEventListener('abort', abort);
  }
  const at = end?.exec(branch.text)?.index ?? branch.text.length;
  const cut = part(branch, { start: 0, end: at });
  const { usage, error } = branch;
  return {
    ...cut,
    finish: isOver ? 'stop' : (branch.finish ?? (signal.aborted ? 'cancelled' : 'stop')),
    usage: usage ?? {
      promptTokens: estimateTokens(textOf(said)),
      completionTokens: estimateTokens(branch.text),
    },
    ...(error ? { error } : {}),
  };
}

/** Part of an answer with its tokens, from offset 0 on; those cut through are gaps. */
export function part(
  { text, tokens }: { text: string; tokens: readonly Token[] },
  { start, end }: Span,
): TokenText {
  const held = new HeldText();
  held.add(text, tokens);
  held.drop(start);
  return held.releaseExactly(end);
}

export function cannotBeTold({ label }: LanguageModel): VariorumError {
  return new VariorumError({
    code: 'unsupported',
    message: `${label} cannot rewrite: it goes on with a text and cannot be told what to do with one.`,
    action:
      'Connect a model that can: a local server such as llama.cpp, Ollama or LM Studio, an API with your key, or a language model of VS Code.',
    retryable: false,
  });
}

function textOf(said: Said): string {
  return said.kind === 'text' ? said.text : said.messages.map(({ text }) => text).join('\n');
}

/** The sum of what requests took; the cost where every one told it. */
export function sumOf(usages: readonly Usage[]): Usage | undefined {
  if (usages.length === 0) {
    return undefined;
  }
  const sum = (of: (usage: Usage) => number) => usages.reduce((total, each) => total + of(each), 0);
  const hasCost = usages.every(({ cost }) => cost !== undefined);
  return {
    promptTokens: sum(({ promptTokens }) => promptTokens),
    completionTokens: sum(({ completionTokens }) => completionTokens),
    ...(hasCost ? { cost: sum(({ cost = 0 }) => cost) } : {}),
  };
}
