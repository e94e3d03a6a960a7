import type { Token } from '../../core/model/token';
import { VariorumError } from '../../core/model/error';
import { LineEndMap, withLf } from '../../core/text/lineEnds';
import { readInput } from '../input';
import { MODEL_OPTIONS, openModel } from '../model';
import { outputTerminal, printJson, tokenRecord } from '../output';
import { legend, tokenText } from '../terminal';
import { parse } from '../usage';

const OPTIONS = {
  ...MODEL_OPTIONS,
  json: { type: 'boolean', default: false },
} as const;

/** `variorum score`: how probable each token of a text is. */
export async function scoreCommand(args: string[], signal: AbortSignal): Promise<0> {
  const { values, positionals } = parse({ args, options: OPTIONS, allowPositionals: true });
  const given = await readInput(positionals);
  const model = await openModel(values, signal);
  if (!model.score) {
    const { evidence } = model.capabilities.score;
    throw new VariorumError({
      code: 'bad-request',
      message: `${model.label} cannot score text that it did not write: ${lowerFirst(evidence)}`,
      action: 'Leave out --model and --base-url: the built-in model, Sketch, can.',
      retryable: false,
    });
  }
  const lines = new LineEndMap(given);
  const tokens: Token[] = [];
  for await (const run of model.score(withLf(given), signal)) {
    tokens.push(...run.tokens.map((token) => lines.spanToOriginal(token)));
  }
  (values.json ? printAsJson : printForPeople)(tokens, given);
  return 0;
}

/** Mean of the natural log-probabilities there are; null when there is none. */
function meanLogprob(tokens: readonly Token[]): number | null {
  const known = tokens.flatMap(({ logprob }) => (logprob === null ? [] : [logprob]));
  return known.length === 0 ? null : known.reduce((sum, x) => sum + x, 0) / known.length;
}

function printAsJson(tokens: readonly Token[], text: string): void {
  const mean = meanLogprob(tokens);
  printJson({
    tokens: tokens.map((token) => tokenRecord(token, text)),
    perplexity: mean === null ? null : Math.exp(-mean),
    meanLogprob: mean,
  });
}

function printForPeople(tokens: readonly Token[], text: string): void {
  const mean = meanLogprob(tokens);
  const terminal = outputTerminal();
  const meaning = legend(terminal);
  process.stdout.write(`${tokenText(terminal, tokens, text)}\n`);
  if (meaning !== '') {
    process.stdout.write(`\n${meaning}\n`);
  }
  if (mean !== null) {
    const bits = (-mean * tokens.length) / Math.LN2 / text.length;
    process.stdout.write(
      `\n${tokens.length} tokens, perplexity ${Math.exp(-mean).toFixed(1)}, ` +
        `${bits.toFixed(2)} bits per character\n`,
    );
  }
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
