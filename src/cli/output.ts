import { styleText } from 'node:util';
import { confidenceStep, type ConfidenceStep } from '../core/model/confidence';
import type { Token } from '../core/model/token';

/** One JSON line on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** A token as the command line prints it; its text is spelt out. */
export function tokenRecord(token: Token, text: string) {
  return {
    text: text.slice(token.start, token.end),
    start: token.start,
    end: token.end,
    logprob: token.logprob,
    ...(token.missing === undefined ? {} : { missing: token.missing }),
    alternatives: token.alternatives.map(({ text: alternative, logprob }) => ({
      text: alternative,
      logprob,
    })),
    tail: token.tail,
  };
}

type Style = Parameters<typeof styleText>[0];
const STYLES: Record<ConfidenceStep, Style | null> = {
  surest: ['green', 'bold', 'underline'],
  surer: ['green', 'bold'],
  sure: 'green',
  plain: null,
  low: ['dim', 'underline'],
};

/** The text of some tokens for a terminal: green where the model was sure; plain text when piped. */
export function coloured(tokens: readonly Token[], text: string): string {
  return tokens
    .map((token) => {
      const piece = text.slice(token.start, token.end);
      const style = STYLES[confidenceStep(token.logprob)];
      return style === null ? piece : styled(style, piece);
    })
    .join('');
}

/** Styles only where a terminal shows them and `NO_COLOR` does not forbid it. */
export function styled(style: Style, text: string): string {
  const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
  return colour ? styleText(style, text) : text;
}
