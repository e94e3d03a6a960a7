import { addCounts, Count, noVoiceCounts, type VoiceCounts } from './voiceCounts';
import { FEATURES, type FeatureValue, type VoiceFeature } from './voiceFeatures';
import { VOICE_SPREADS, type Spread } from './voiceWeights';

/** A profile of fewer words of the writer's own says nothing. */
export const LEAST_WORDS = 2000;

/** Words in a row that are taken for one sample of what a writer does; what comes next is another one. */
const SAMPLE_WORDS = 500;
/** As many passages are needed for the writer's own spread to count as much as that of all writers. */
const PRIOR_PASSAGES = 20;
/** A writer's spread is at most so many times, or one so manieth of, that of all writers (as a variance). */
const MOST_RATIO = 4;

/** Of a feature that none was fitted for. */
const UNKNOWN: Spread = { between: 1, within: 1 };

/** How far one feature of a text is from the writer's own prose. */
export interface FeatureDistance {
  feature: VoiceFeature;
  /** In the text, and in the writer's prose: see `shown` of the features. */
  here: number;
  own: number;
  /** Standard deviations; above 0 where the text has more. */
  distance: number;
}

/** Sums over passages that say how far they lie from any mean. */
interface Scatter {
  passages: number;
  weights: number;
  values: number;
  squares: number;
}

/**
 * What is usual in a writer's own prose: a mean for each feature, and how much it varies.
 *
 * The variance of a feature read from n units (words, sentences) is `between + within / n`: passages of one
 * writer differ in earnest, and a short one differs by chance besides (the model of random effects:
 * DerSimonian & Laird 1986, “Meta-analysis in clinical trials”). Both numbers are fitted on many authors, since
 * no writer has enough passages for them, and are scaled by how much the writer's own passages vary. That short
 * texts vary too much to be told apart is the finding of Eder 2015, “Does size matter?”, Digital Scholarship
 * in the Humanities 30; distances in standard deviations are Burrows' (2002).
 */
export class VoiceProfile {
  readonly #total = noVoiceCounts();
  readonly #scatter: Scatter[] = FEATURES.map(() => ({
    ...{ passages: 0, weights: 0, values: 0, squares: 0 },
  }));

  /** @param spreads how much each feature varies, in the order of the features */
  constructor(private readonly spreads: readonly Spread[] = VOICE_SPREADS) {}

  /** Words of all passages. */
  get words(): number {
    return Math.max(0, this.#total[Count.words] ?? 0);
  }

  /** Whether there is enough of the writer's own to be told apart from. */
  get isEnough(): boolean {
    return this.words >= LEAST_WORDS;
  }

  add(passage: VoiceCounts): void {
    this.#change(passage, 1);
  }

  /** Takes out a passage that was added before. */
  remove(passage: VoiceCounts): void {
    this.#change(passage, -1);
  }

  /** How far a text is in each feature that can be read from it, in the order of the features. */
  distances(text: VoiceCounts): (FeatureDistance | undefined)[] {
    return FEATURES.map(({ name, read, shown }, i) => {
      const { value, units } = read(text);
      const own = read(this.#total);
      if (units < 1 || own.units < 1) {
        return undefined;
      }
      const variance = this.#varianceOf(i, units) + this.#errorOfMean(i, own.units);
      const distance = (value - own.value) / Math.sqrt(variance * this.#ratio(i, own));
      return { feature: name, here: shown(text), own: shown(this.#total), distance };
    });
  }

  #change(passage: VoiceCounts, times: 1 | -1): void {
    addCounts(this.#total, passage, times);
    FEATURES.forEach(({ read }, i) => {
      const { value, units } = read(passage);
      const scatter = this.#scatter[i];
      if (scatter !== undefined && units >= 1) {
        const weight = times / this.#varianceOf(i, units);
        scatter.passages += times;
        scatter.weights += weight;
        scatter.values += weight * value;
        scatter.squares += weight * value * value;
      }
    });
  }

  #varianceOf(feature: number, units: number): number {
    const { between, within } = this.spreads[feature] ?? UNKNOWN;
    return between + within / units;
  }

  /** The variance of the profile's own mean: its passages are not independent of their neighbours. */
  #errorOfMean(feature: number, units: number): number {
    const { between, within } = this.spreads[feature] ?? UNKNOWN;
    return between / Math.max(1, this.words / SAMPLE_WORDS) + within / units;
  }

  /** How much the writer's passages vary, as a variance over that of all writers, drawn towards 1. */
  #ratio(feature: number, { value }: FeatureValue): number {
    const scatter = this.#scatter[feature];
    if (scatter === undefined) {
      return 1;
    }
    const { passages, weights, values, squares } = scatter;
    const sum = Math.max(0, squares - 2 * value * values + value * value * weights);
    const ratio = (PRIOR_PASSAGES + sum) / (PRIOR_PASSAGES + Math.max(0, passages));
    return Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, ratio));
  }
}
