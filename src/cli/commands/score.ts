import type { Token } from '../../core/model/token';
import { readToken } from '../../core/model/certainty';
import { sparkline, summarise, type ConfidenceSummary } from '../../core/model/confidenceSummary';
import { VariorumError } from '../../core/model/error';
import { checkOptions, DEFAULT_OPTIONS } from '../../core/model/options';
import { factsOf } from '../../core/model/tokenDetails';
import { LineEndMap, withLf } from '../../core/text/lineEnds';
import { readInput } from '../input';
import { MODEL_OPTIONS, openModel } from '../model';
import { outputTerminal, printJson, tokenRecord } from '../output';
import { legend, tokenText } from '../terminal';
import { numberOption, parse } from '../usage';

const OPTIONS = {
  ...MODEL_OPTIONS,
  json: { type: 'boolean', default: false },
  alternatives: { type: 'string' },
} as const;

/** `variorum score`: how probable each token of a text is. */
export async function scoreCommand(args: string[], signal: AbortSignal): Promise<0> {
  const { values, positionals } = parse({ args, options: OPTIONS, allowPositionals: true });
  const given = await readInput(positionals);
  const alternatives =
    numberOption('alternatives', values.alternatives) ?? DEFAULT_OPTIONS.alternatives;
  checkOptions({ ...DEFAULT_OPTIONS, alternatives });
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
  for await (const run of model.score(withLf(given), signal, { alternatives })) {
    tokens.push(...run.tokens.map((token) => lines.spanToOriginal(token)));
  }
  (values.json ? printAsJson : printForPeople)(tokens, given);
  return 0;
}

function printAsJson(tokens: readonly Token[], text: string): void {
  const { perplexity, entropy, branching } = summaryOf(tokens, text);
  printJson({
    tokens: tokens.map((token) => tokenRecord(token, text)),
    perplexity,
    meanLogprob: perplexity === null ? null : -Math.log(perplexity),
    meanEntropy: entropy,
    branchingFactor: branching,
  });
}

function printForPeople(tokens: readonly Token[], text: string): void {
  const { perplexity, known, branching, parts } = summaryOf(tokens, text);
  const terminal = outputTerminal();
  const meaning = legend(terminal);
  process.stdout.write(`${tokenText(terminal, tokens, text)}\n`);
  if (meaning !== '') {
    process.stdout.write(`\n${meaning}\n`);
  }
  if (perplexity !== null) {
    const bits = (Math.log2(perplexity) * known) / text.length;
    const ways = branching
      ? `, ${branching.low.toFixed(1)} to ${branching.high.toFixed(1)} ways to go on at a typical place`
      : '';
    process.stdout.write(
      `\n${tokens.length} tokens, perplexity ${perplexity.toFixed(1)}, ` +
        `${bits.toFixed(2)} bits per character${ways}\n${sparkline(parts)}\n`,
    );
  }
}

function summaryOf(tokens: readonly Token[], text: string): ConfidenceSummary {
  const items = tokens.map((token) => ({
    token: factsOf(token, text),
    reading: readToken(text, token, null),
  }));
  return summarise(items, false);
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
