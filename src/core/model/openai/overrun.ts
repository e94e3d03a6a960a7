import type { ChoicePart } from './choices';

/**
 * How far beyond the tokens asked for a branch may go, of which each bound is generous: entries of
 * probabilities are tokens, an event with text holds one or a few characters of one, and a token is no
 * longer than so many UTF-16 code units. What is thought may be counted apart from what is written.
 */
const BOUNDS = {
  entries: { each: 2, more: 64 },
  written: { each: 16, more: 64 },
  thought: { each: 16, more: 20_000 },
  units: { each: 64, more: 100_000 },
} as const;

/** Notices that a server does not keep to the bound on tokens: such a branch would never end. */
export class Overrun {
  #entries = 0;
  #written = 0;
  #thought = 0;
  #units = 0;

  constructor(private readonly maxTokens: number) {}

  /** Counts what came of a branch. @returns whether it has gone too far */
  add({ text, refusal, entries, thinks }: ChoicePart): boolean {
    this.#entries += entries.length;
    this.#written += text === '' ? 0 : 1;
    this.#thought += thinks ? 1 : 0;
    this.#units += text.length + refusal.length;
    const { maxTokens } = this;
    const isBeyond = (count: number, { each, more }: { each: number; more: number }): boolean =>
      count > each * maxTokens + more;
    return (
      isBeyond(this.#entries, BOUNDS.entries) ||
      isBeyond(this.#written, BOUNDS.written) ||
      isBeyond(this.#thought, BOUNDS.thought) ||
      isBeyond(this.#units, BOUNDS.units)
    );
  }
}
