import type { Finish, Options } from '../languageModel';
import type { Alternative, Token } from '../token';
import type { Distribution, Ranked } from './distribution';
import type { Guard } from './guard';
import type { Opening } from './opening';
import type { Random } from './random';
import type { Sampler } from './sampler';
import { glues, TRAIT, traitsOf } from './traits';
import { UNKNOWN } from './vocabulary';

/** From this share of the limit on, the end of a sentence ends the branch, what is open closed. */
const CLOSING = 0.8;
/** After these a full stop ends no sentence. */
const SHORT = /^ ?(?:Mr|Mrs|Ms|Dr|St|Messrs|Prof|Capt|Col|Gen|Lt|Sgt|Rev|\p{Lu})$/u;

/** One continuation being written. */
export class Branch {
  /** Why it ended; null while it goes on. */
  finish: Finish | null = null;
  /** Tokens written. */
  count = 0;
  private length = 0;
  private readonly states: number[];
  private sentenceEnded = false;
  private last: string;

  constructor(
    private readonly opening: Opening,
    private readonly distribution: Distribution,
    private readonly sampler: Sampler,
    private readonly guard: Guard,
    private readonly random: Random,
    private readonly options: Options,
  ) {
    this.states = [...opening.after];
    this.last = opening.last;
  }

  /** Writes up to `most` more tokens. */
  write(most: number): { text: string; tokens: Token[] } {
    const tokens: Token[] = [];
    let text = '';
    while (this.finish === null && tokens.length < most) {
      const step = this.count === 0 ? this.open() : this.step(1, []);
      if (step === null) {
        this.finish = 'stop';
        break;
      }
      text += step.text;
      tokens.push(step.token);
      this.count += 1;
      if (this.count >= this.options.maxTokens) {
        this.finish = this.sentenceEnded && !this.guard.isOpen ? 'stop' : 'length';
      }
    }
    return { text, tokens };
  }

  /** The first token: the rest of an unfinished word, or what follows it. */
  private open(): { text: string; token: Token } | null {
    const { last, states, whole, completions } = this.opening;
    const { alternatives } = this.options;
    const chosen = this.complete();
    const others = completions
      .slice(0, alternatives)
      .map(({ text, probability }) => ({ text, logprob: Math.log(probability) }));
    if (chosen === null) {
      this.guard.reached(last);
      return this.step(whole, others);
    }
    this.distribution.fill(this.opening.after);
    const listed = merge(others, this.alternatives(whole), alternatives);
    this.guard.wrote(states, chosen.token);
    this.states.splice(0, this.states.length, ...states);
    this.advance(chosen.token);
    return {
      text: chosen.text,
      token: this.token(chosen.text, Math.log(chosen.probability), listed),
    };
  }

  /** Which longer token the last one is the beginning of; null to take it as whole. */
  private complete(): Opening['completions'][number] | null {
    const { whole, completions } = this.opening;
    const { temperature } = this.options;
    if (temperature === 0) {
      const [best] = completions;
      return best !== undefined && best.probability > whole ? best : null;
    }
    const weigh = (p: number) => p ** (1 / temperature);
    let u =
      this.random() *
      completions.reduce((sum, { probability }) => sum + weigh(probability), weigh(whole));
    for (const completion of completions) {
      u -= weigh(completion.probability);
      if (u < 0) {
        return completion;
      }
    }
    return null;
  }

  /**
   * One token after the states.
   * @param share by what all probabilities are multiplied
   * @param others alternatives besides those of the distribution
   */
  private step(
    share: number,
    others: readonly Alternative[],
  ): { text: string; token: Token } | null {
    const { distribution, guard, sampler, states } = this;
    const { vocabulary } = distribution.mixture;
    distribution.fill(states);
    const allowed = (candidate: number) => guard.allows(states, candidate);
    const closes = (candidate: number) =>
      (vocabulary.traitsOf(candidate) & TRAIT.closes) !== 0 && allowed(candidate);
    let token = UNKNOWN;
    if (this.sentenceEnded && this.nearsEnd && guard.isOpen) {
      token = sampler.pick(distribution, false, closes);
    }
    if (token === UNKNOWN) {
      token = sampler.pick(distribution, true, allowed);
    }
    if (token === UNKNOWN) {
      token = sampler.pick(distribution, false, allowed);
    }
    if (token === UNKNOWN || this.endsBefore(vocabulary.traitsOf(token))) {
      return null;
    }
    const text = vocabulary.text(token);
    const logprob = Math.log(share * distribution.probability(token));
    const listed = merge(others, this.alternatives(share), this.options.alternatives);
    guard.wrote(states, token);
    this.advance(token);
    return { text, token: this.token(text, logprob, listed) };
  }

  private endsBefore(traits: number): boolean {
    return (
      this.sentenceEnded &&
      this.nearsEnd &&
      !this.guard.isOpen &&
      (traits & (TRAIT.closes | TRAIT.sentenceEnd)) === 0
    );
  }

  private get nearsEnd(): boolean {
    return this.count >= CLOSING * this.options.maxTokens;
  }

  private advance(token: number): void {
    const { mixture } = this.distribution;
    const traits = mixture.vocabulary.traitsOf(token);
    mixture.advance(this.states, token);
    const text = mixture.vocabulary.text(token);
    const closes = this.sentenceEnded && (traits & TRAIT.closes) !== 0;
    const ends = (traits & TRAIT.sentenceEnd) !== 0 && !(text === '.' && SHORT.test(this.last));
    this.sentenceEnded = closes || ends;
    this.last = text;
  }

  private alternatives(share: number): Alternative[] {
    const { last } = this.opening;
    const { vocabulary } = this.distribution.mixture;
    const listed = this.distribution.top(this.options.alternatives);
    const fits = ({ token }: Ranked) =>
      this.count > 0 ||
      !glues(last, traitsOf(last), vocabulary.text(token), vocabulary.traitsOf(token));
    return listed.filter(fits).map(({ token, probability }) => ({
      text: vocabulary.text(token),
      logprob: Math.log(share * probability),
    }));
  }

  private token(text: string, logprob: number, alternatives: Alternative[]): Token {
    const start = this.length;
    this.length += text.length;
    return {
      start,
      end: this.length,
      logprob,
      alternatives,
      tail: tailOf(text, logprob, alternatives),
    };
  }
}

/** The mass of what is neither emitted nor listed. */
export function tailOf(
  text: string,
  logprob: number,
  alternatives: readonly Alternative[],
): number {
  let mass = alternatives.some((listed) => listed.text === text) ? 0 : Math.exp(logprob);
  for (const listed of alternatives) {
    mass += Math.exp(listed.logprob);
  }
  return Math.max(0, 1 - mass);
}

/** Two sorted lists as one, at most `most` long. */
function merge(a: readonly Alternative[], b: readonly Alternative[], most: number): Alternative[] {
  return [...a, ...b].sort((x, y) => y.logprob - x.logprob).slice(0, most);
}
