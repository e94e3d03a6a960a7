import { styleText } from 'node:util';
import { CONFIDENCE_STEPS, confidenceStep, type ConfidenceStep } from '../core/model/confidence';
import type { Token } from '../core/model/token';

/** What a terminal shows. */
export interface Terminal {
  /** Whether it is one, and wants colours. */
  colour: boolean;
  /** Whether it draws dotted lines under text. */
  dotted: boolean;
}

type Style = Parameters<typeof styleText>[0];
type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals that draw dotted underlines (SGR 4:4); others may take them for plain ones, or for noise. */
const DRAWS_DOTS = /^(?:vscode|iterm\.app|wezterm|kitty|ghostty|mintty)$/iu;
/** VTE draws them since 0.52. */
const VTE = 5200;

/** What a stream shows; plain text where it is no terminal or `NO_COLOR` is set (https://no-color.org). */
export function terminalOf({ isTTY }: { isTTY?: boolean }, env: Environment): Terminal {
  const colour = isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const draws =
    DRAWS_DOTS.test(env['TERM_PROGRAM'] ?? '') ||
    env['TERM'] === 'xterm-kitty' ||
    env['WT_SESSION'] !== undefined ||
    Number(env['VTE_VERSION'] ?? 0) >= VTE;
  return { colour, dotted: colour && draws };
}

/** Weight and lines tell the steps apart where colours do not. */
const STYLES: Record<ConfidenceStep, Style | null> = {
  surest: ['green', 'bold', 'underline'],
  surer: ['green', 'bold'],
  sure: 'green',
  plain: null,
  low: ['dim', 'italic'],
};

/** Text in a style. */
export function styled({ colour }: Terminal, style: Style, text: string): string {
  return colour ? styleText(style, text, { validateStream: false }) : text;
}

/** The text of some tokens: green where the model was sure, dotted where it found them unlikely. */
export function tokenText(terminal: Terminal, tokens: readonly Token[], text: string): string {
  return tokens
    .map((token) => {
      const piece = readable(terminal, text.slice(token.start, token.end));
      return inStep(terminal, confidenceStep(token.logprob), piece);
    })
    .join('');
}

function inStep(terminal: Terminal, step: ConfidenceStep, text: string): string {
  const style = STYLES[step];
  if (step === 'low' && terminal.dotted) {
    return text === '' ? '' : `\u001b[4:4m${text}\u001b[24m`;
  }
  return style === null || text === '' ? text : styled(terminal, style, text);
}

/** What the colours mean, on one line; empty where there are none. */
export function legend(terminal: Terminal): string {
  if (!terminal.colour) {
    return '';
  }
  const { thresholds } = CONFIDENCE_STEPS;
  const sure = (['sure', 'surer', 'surest'] as const).map((step) =>
    inStep(terminal, step, `p ≥ ${thresholds[step]}`),
  );
  return [...sure, inStep(terminal, 'low', `p < ${thresholds.low}`)].join('  ');
}

/** Text on a terminal must not steer it; what goes into a file or pipe is left as it is. */
export function readable({ colour }: Terminal, text: string): string {
  return colour ? text.replace(/(?![\n\t])\p{Cc}/gu, '\uFFFD') : text;
}
