import type { IdeaLabels } from '../diversity/ideaLabels';
import { findIdeas, type Ideas } from '../diversity/ideas';
import type { Measures } from '../diversity/measures';
import { VariorumError } from '../model/error';
import type { OpennessOf, OpennessOver } from '../model/openness';
import type { Token } from '../model/token';
import type { Clock, LoadAsset } from '../platform';
import { inTurns, type Steps } from '../steps';
import type { NodeId } from '../tree/node';
import { Pronouncer } from '../verse/pronouncer';
import { PRONUNCIATIONS, readPronunciations } from '../verse/pronunciationFile';
import type { VoiceProfile } from '../voice/voiceProfile';
import { looksLikeVerse } from '../verse/verseLines';
import { Agreement } from './agreement';
import { attractors } from './attractor';
import type { AttractorLedger } from './attractorLedger';
import { checking } from './check';
import { DocumentCheck } from './documentCheck';
import { readPassage, type PassageTraits } from './echo';
import type { Flag } from './flag';
import { LEXICON_FILE, readingLexicon, type Lexicon } from './lexicon';
import { oneMode } from './oneMode';
import { Prose } from './prose';
import { ownWords } from './recurring';
import { underRules, type Rules } from './rules';
import { stuckRuns } from './stuckRun';
import type { Subject } from './subject';
import { findingTemplate } from './template';
import type { Translate } from './translate';

/** A branch that has ended. */
export interface ReviewBranch {
  /** The number on its card. */
  index: number;
  node: NodeId;
  /** Line ends LF. */
  text: string;
  tokens?: readonly Token[];
}

/** What branches were written for, and what their findings are judged by. */
export interface ReviewContext {
  before?: string;
  instruction?: string;
  openness?: OpennessOf;
  /** The same, of many places at once: asked instead where it is given. */
  opennessOver?: OpennessOver;
  /** The manner of the writer's own prose. */
  voice?: VoiceProfile;
  /** What came over which passages of this workspace, and which passage this is. */
  history?: { ledger: AttractorLedger; passage: string };
}

/** What a batch is found to be. */
export interface BatchReview {
  /** By the number on the card; a branch without findings has none here. */
  flags: ReadonlyMap<number, readonly Flag[]>;
  ideas?: Ideas;
  /** The numbers behind the ideas. */
  numbers?: Measures;
}

const NEVER = new AbortController().signal;

interface ReadContext {
  traits: PassageTraits;
  /** The words of the passage, which no attractor is made of. */
  own: ReadonlySet<string>;
  /** What siblings write alike, where there are any. */
  agreement?: Agreement;
}

interface ReviewerParts {
  loadAsset: LoadAsset;
  clock: Clock;
}

/**
 * Runs all detectors over branches and documents, in turns of a few milliseconds. Everything is cancelled by
 * its signal, by throwing the signal's reason.
 */
export class Reviewer {
  #pronouncer: Promise<Pronouncer> | undefined;

  private constructor(
    private readonly parts: ReviewerParts,
    private readonly lexicon: Lexicon,
  ) {}

  /** @throws VariorumError `asset-damaged`, or what `loadAsset` throws */
  static async open(parts: ReviewerParts): Promise<Reviewer> {
    const bytes = await parts.loadAsset(LEXICON_FILE);
    return new Reviewer(parts, await inTurns(readingLexicon(bytes), parts.clock, NEVER));
  }

  /** Every finding about siblings, each alone and beside the others. */
  async reviewBatch(
    branches: readonly ReviewBranch[],
    context: ReviewContext,
    labels: IdeaLabels,
    rules: Rules,
    t: Translate,
    signal: AbortSignal,
  ): Promise<BatchReview> {
    const agreement = await inTurns(agreementOf(branches), this.parts.clock, signal);
    const read = { ...(await this.#read(context, signal)), agreement };
    const found = await inTurns(findIdeas(branches, labels, t), this.parts.clock, signal);
    const alike = await inTurns(findingTemplate(branches), this.parts.clock, signal);
    await this.parts.clock.sleep(0);
    const same = oneMode(branches, found?.modes ?? []);
    const flags = new Map<number, readonly Flag[]>();
    for (const [i, branch] of branches.entries()) {
      const siblings = [...(alike[i] ?? []), ...(same[i] ?? [])];
      const own = await this.#flagsOf(branch, context, read, rules, signal);
      const all = [...underRules(siblings, rules), ...own].sort(byPlace);
      if (all.length > 0) {
        flags.set(branch.index, all);
      }
    }
    return { flags, ...(found && { ideas: found.ideas, numbers: found.numbers }) };
  }

  /** Findings about one branch alone. */
  async reviewBranch(
    branch: Pick<ReviewBranch, 'text' | 'tokens'>,
    context: ReviewContext,
    rules: Rules,
    signal: AbortSignal,
  ): Promise<Flag[]> {
    const read = await this.#read(context, signal);
    return this.#flagsOf(branch, context, read, rules, signal);
  }

  /** A check of a document that follows its edits. Severities and allowed phrases are the caller's business. */
  async openDocument({ lists, allow }: Rules): Promise<DocumentCheck> {
    const pronouncer = await this.#voice();
    return new DocumentCheck({ lexicon: this.lexicon, lists, allow, pronouncer });
  }

  /** What all branches that continue one passage are compared with. */
  async #read({ before = '', history }: ReviewContext, signal: AbortSignal): Promise<ReadContext> {
    const { clock } = this.parts;
    const traits = await inTurns(readPassage(before), clock, signal);
    const own = history ? await inTurns(ownWords(before), clock, signal) : new Set<string>();
    return { traits, own };
  }

  async #flagsOf(
    { text, tokens }: Pick<ReviewBranch, 'text' | 'tokens'>,
    context: ReviewContext,
    { traits, own, agreement }: ReadContext,
    rules: Rules,
    signal: AbortSignal,
  ): Promise<Flag[]> {
    const { clock } = this.parts;
    const { before, instruction, openness, opennessOver, voice, history } = context;
    const subject: Subject = {
      text,
      ...(agreement && { agreement }),
      ...(openness && { openness }),
      ...(opennessOver && { opennessOver }),
      ...(voice && { voice }),
      ...(before === undefined ? {} : { before, traits }),
      ...(instruction === undefined ? {} : { instruction }),
    };
    const pronouncer = looksLikeVerse(text) ? await this.#voice() : undefined;
    await clock.sleep(0);
    signal.throwIfAborted();
    const { lists, allow } = rules;
    const sources = { lexicon: this.lexicon, lists, allow, pronouncer };
    const { flags } = await inTurns(checking(subject, sources), clock, signal);
    await clock.sleep(0);
    const stuck =
      tokens === undefined ? [] : await inTurns(stuckRuns({ ...subject, tokens }), clock, signal);
    const again = history
      ? attractors({ text, before: own, passage: history.passage }, history.ledger)
      : [];
    return underRules([...flags, ...stuck, ...again], rules).sort(byPlace);
  }

  #voice(): Promise<Pronouncer> {
    this.#pronouncer ??= this.#loadPronouncer();
    // What could not be read (the network of a web host) may be there the next time.
    this.#pronouncer.catch(() => (this.#pronouncer = undefined));
    return this.#pronouncer;
  }

  async #loadPronouncer(): Promise<Pronouncer> {
    const bytes = await this.parts.loadAsset(PRONUNCIATIONS);
    try {
      return new Pronouncer(readPronunciations(bytes));
    } catch (cause) {
      const detail = {
        code: 'asset-damaged',
        message: 'The pronunciations that ship with Variorum are damaged.',
        action: 'Install it again.',
        retryable: false,
      } as const;
      throw new VariorumError(detail, { cause });
    }
  }
}

function* agreementOf(branches: readonly ReviewBranch[]): Steps<Agreement> {
  const read: Prose[] = [];
  for (const { text } of branches) {
    read.push(new Prose(text));
    yield;
  }
  return new Agreement(read);
}

function byPlace(a: Flag, b: Flag): number {
  return a.start - b.start || a.end - b.end;
}
