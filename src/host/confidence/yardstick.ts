import type * as vscode from 'vscode';
import { needsYardstick, readToken, type Reading } from '../../core/model/certainty';
import type { ConfidenceSteps } from '../../core/model/confidence';
import type { OpennessOver } from '../../core/model/openness';
import type { Token } from '../../core/model/token';
import type { Span } from '../../core/text/span';
import type { Models } from '../models';
import { clock } from '../platform';

/** A token and where the text shows it. */
export interface Placed extends Span {
  token: Token;
}

/** Places looked at before others have their turn. */
const AT_ONCE = 64;
/** Text before the first place that is handed on, in UTF-16 code units. */
const CONTEXT = 1000;

/**
 * How open human text is where sure tokens begin, by Sketch. It is measured once a token: what an edit
 * makes of the text before it later does not change what the place was when the model was sure of it.
 */
export class Yardstick {
  readonly #bits = new WeakMap<Token, number | null>();

  constructor(
    private readonly models: Models,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** How a token is read by what is known now. */
  read(text: string, { token, start, end }: Placed, steps: ConfidenceSteps): Reading {
    const bits = this.#bits.get(token) ?? null;
    return readToken(text, { start, end, logprob: token.logprob }, bits, steps);
  }

  /** Of some tokens those of which more could be known. */
  unknown(text: string, tokens: readonly Placed[], steps: ConfidenceSteps): Placed[] {
    return tokens.filter(
      ({ token, start, end }) =>
        !this.#bits.has(token) &&
        needsYardstick(text, { start, end, logprob: token.logprob }, steps),
    );
  }

  /** Measures places of a text, ascending. @returns whether there is a yardstick */
  async measure(text: string, tokens: readonly Placed[]): Promise<boolean> {
    const over = await this.#opennessOver();
    for (let at = 0; at < tokens.length; at += AT_ONCE) {
      const some = tokens.slice(at, at + AT_ONCE);
      const from = Math.max(0, (some[0]?.start ?? 0) - CONTEXT);
      const part = text.slice(from, some.at(-1)?.end);
      const places = some.map(({ start }) => start - from);
      const found = over?.(part, places) ?? [];
      some.forEach(({ token }, i) => this.#bits.set(token, found[i]?.entropy ?? null));
      await clock.sleep(0);
    }
    return over !== undefined;
  }

  async #opennessOver(): Promise<OpennessOver | undefined> {
    const sketch = await this.models.sketch();
    if (sketch.notice() !== null) {
      this.log.warn('Without the file of Sketch, stuck and given tokens look the same.');
      return undefined;
    }
    return (text, places) => sketch.opennessOver(text, places);
  }
}
