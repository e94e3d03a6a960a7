import { languageOf } from '../collapse/language';
import { Prose } from '../collapse/prose';
import { classify } from '../collapse/wordClass';
import type { Exemplar } from '../rewrite/rewriting';
import type { Steps } from '../steps';
import type { Span } from '../text/span';
import { shortHash } from '../tree/hash';
import { countProse, type VoiceCounts } from '../voice/voiceCounts';
import { VoiceProfile } from '../voice/voiceProfile';
import { cutExemplars, type Cut } from './cut';
import { styleOf, type Style } from './style';
import { termsOf, TermWeights, type Terms } from './terms';

/** What is known of a passage, wherever it stands. */
export interface IndexedPassage {
  id: string;
  counts: VoiceCounts;
  style: Style;
  terms: Terms;
  words: number;
  /** Only English prose says something of the writer's voice. */
  isEnglish: boolean;
  /** Where it stands: more than one place where text was copied. */
  places: Exemplar[];
}

/** Passages are read so many at a time before others may have their turn. */
const AT_ONCE = 16;

/**
 * The writer's human prose cut into exemplars, file by file. A passage that stands unchanged, or elsewhere, is
 * not read again: after an edit only the passages around it are.
 */
export class ExemplarIndex {
  readonly #files = new Map<string, Exemplar[]>();
  readonly #passages = new Map<string, IndexedPassage>();
  readonly #profile = new VoiceProfile();
  #words = 0;
  readonly weights = new TermWeights();

  /** The manner of all that is indexed in English: true at all times. */
  get profile(): VoiceProfile {
    return this.#profile;
  }

  /** Words of all passages, each counted once. */
  get words(): number {
    return this.#words;
  }

  /** Every passage once, wherever it stands. */
  passages(): Iterable<IndexedPassage> {
    return this.#passages.values();
  }

  get(id: string): IndexedPassage | undefined {
    return this.#passages.get(id);
  }

  /** Paths of files that something was found in. */
  paths(): Iterable<string> {
    return this.#files.keys();
  }

  /** The exemplars of a file, in its order. */
  of(path: string): readonly Exemplar[] {
    return this.#files.get(path) ?? [];
  }

  /**
   * Takes what is human in a file as it is now for what was there before.
   * @param text the whole file, line ends LF
   * @param human spans of it in ascending order, without the white space around them
   */
  *update(path: string, text: string, human: readonly Span[]): Steps<void> {
    const cuts = cutExemplars(text, human);
    yield;
    const next: { exemplar: Exemplar; cut: Cut }[] = cuts.map((cut) => {
      const own = text.slice(cut.start, cut.end);
      const { start, end } = cut;
      return { cut, exemplar: { id: shortHash(own), text: own, path, start, end } };
    });
    yield;
    // What is new is read before anything changes: whoever stops half way leaves the index as it was.
    const read = new Map<string, IndexedPassage>();
    for (const { exemplar, cut } of next) {
      const { id } = exemplar;
      if (!this.#passages.has(id) && !read.has(id)) {
        read.set(id, readPassage(exemplar, cut.words));
        if (read.size % AT_ONCE === 0) {
          yield;
        }
      }
    }
    const old = this.#files.get(path) ?? [];
    for (const { exemplar } of next) {
      this.#add(exemplar, read);
    }
    old.forEach((exemplar) => this.#drop(exemplar));
    if (next.length > 0) {
      this.#files.set(
        path,
        next.map(({ exemplar }) => exemplar),
      );
    } else {
      this.#files.delete(path);
    }
  }

  /** The file is gone, or nothing in it is the writer's any more. */
  remove(path: string): void {
    const old = this.#files.get(path) ?? [];
    this.#files.delete(path);
    old.forEach((exemplar) => this.#drop(exemplar));
  }

  #add(exemplar: Exemplar, read: ReadonlyMap<string, IndexedPassage>): void {
    let passage = this.#passages.get(exemplar.id);
    if (passage === undefined) {
      passage = read.get(exemplar.id);
      if (passage === undefined) {
        return;
      }
      this.#passages.set(exemplar.id, passage);
      if (passage.isEnglish) {
        this.#profile.add(passage.counts);
      }
      this.#words += passage.words;
      this.weights.add(passage.terms);
    }
    passage.places.push(exemplar);
  }

  #drop(exemplar: Exemplar): void {
    const passage = this.#passages.get(exemplar.id);
    if (passage === undefined) {
      return;
    }
    passage.places = passage.places.filter((place) => place !== exemplar);
    if (passage.places.length === 0) {
      this.#passages.delete(exemplar.id);
      if (passage.isEnglish) {
        this.#profile.remove(passage.counts);
      }
      this.#words -= passage.words;
      this.weights.remove(passage.terms);
    }
  }
}

function readPassage({ id, text }: Exemplar, words: number): IndexedPassage {
  const prose = new Prose(text);
  const counts = countProse(prose);
  const isEnglish = languageOf(prose, classify(prose)) === 'english';
  const terms = termsOf(prose);
  return { id, counts, style: styleOf(counts), terms, words, isEnglish, places: [] };
}
