import { describe } from '../core/collapse/describe';
import type { Flag } from '../core/collapse/flag';
import type { Token } from '../core/model/token';
import { styled as styledFor, terminalOf, type Terminal } from './terminal';

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

/** A flag as the command line prints it, worded. */
export function flagRecord(flag: Flag) {
  return {
    code: flag.code,
    severity: flag.severity,
    score: flag.score,
    start: flag.start,
    end: flag.end,
    message: describe(flag),
    evidence: flag.evidence,
  };
}

/** What standard output shows. */
export function outputTerminal(): Terminal {
  return terminalOf(process.stdout, process.env);
}

/** Styles only where a terminal shows them and `NO_COLOR` does not forbid it. */
export function styled(style: Parameters<typeof styledFor>[1], text: string): string {
  return styledFor(outputTerminal(), style, text);
}

/** A text quoted on one line of a terminal must not steer it. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}

/** Something people should know, on standard error. */
export function warn(text: string): void {
  process.stderr.write(`variorum: ${printable(text)}\n`);
}
