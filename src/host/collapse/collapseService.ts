import * as vscode from 'vscode';
import type { Flag } from '../../core/collapse/flag';
import type { ReportedBatch } from '../../core/collapse/report';
import { Reviewer, type ReviewBranch, type ReviewContext } from '../../core/collapse/reviewer';
import { mayBeStuck } from '../../core/collapse/stuckRun';
import { voiceDriftIn } from '../../core/collapse/voiceDrift';
import { IdeaLabels, markOf, merging, splitting } from '../../core/diversity/ideaLabels';
import { findIdeas } from '../../core/diversity/ideas';
import { needsYardstick } from '../../core/model/certainty';
import { confidenceSteps, THRESHOLDS } from '../../core/model/confidence';
import type { OpennessOver } from '../../core/model/openness';
import type { Token } from '../../core/model/token';
import { inTurns } from '../../core/steps';
import type { NodeId } from '../../core/tree/node';
import type { VoiceProfile } from '../../core/voice/voiceProfile';
import type { FlagView, IdeasView } from '../../protocol';
import type { Review } from '../batch';
import type { BatchReader, EndedBatch } from '../batchReviews';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { VoiceSource } from '../exemplars/exemplars';
import type { Models } from '../models';
import { assetLoader, clock } from '../platform';
import type { Sessions } from '../sessions';
import { thresholdsSetting } from '../settings';
import { LedgerStore } from './ledgerStore';
import type { RulesSource } from './rulesSource';
import { SpreadEffects } from './spreadEffects';
import { flagView, translate } from './words';

export interface CollapseParts {
  context: vscode.ExtensionContext;
  sessions: Sessions;
  models: Models;
  /** How the writer writes. */
  voice: VoiceSource;
  log: vscode.LogOutputChannel;
}

/** What one branch was written for. */
export interface BranchContext {
  document: vscode.TextDocument;
  passage?: string;
  instruction?: string;
  tokens?: readonly Token[];
}

/** Text before a branch that the yardstick is handed, in UTF-16 code units. */
const CONTEXT = 1000;

/** Batches of this session that the report tells of. */
const MOST_BATCHES = 50;

/** Runs the detectors for the host, and remembers what came over which passages. */
export class CollapseService implements Omit<BatchReader, 'onDidChangeRules'>, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidReview = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #reviewed = new Map<NodeId, readonly Flag[]>();
  readonly #batches = new Map<string, ReportedBatch>();
  /** Branches that are in the ledger, so that a batch that is read again is not written down again. */
  readonly #remembered = new Set<NodeId>();
  readonly #effects = new SpreadEffects();
  readonly ledger: LedgerStore;
  #reviewer: Promise<Reviewer> | undefined;

  /** A batch was read: what is known of its branches has changed. */
  readonly onDidReview = this.#onDidReview.event;

  constructor(
    private readonly parts: CollapseParts,
    private readonly rules: RulesSource,
  ) {
    this.ledger = new LedgerStore(parts.context);
  }

  /** What was found in a branch when its batch was read. */
  flagsOfNode(node: NodeId): readonly Flag[] | undefined {
    return this.#reviewed.get(node);
  }

  /** Batches read in this session, the latest first. */
  batches(): ReportedBatch[] {
    return [...this.#batches.values()].reverse();
  }

  /** @throws VariorumError when the assets are missing or damaged */
  reviewer(): Promise<Reviewer> {
    const { extensionUri } = this.parts.context;
    this.#reviewer ??= Reviewer.open({ loadAsset: assetLoader(extensionUri), clock });
    this.#reviewer.catch(() => (this.#reviewer = undefined));
    return this.#reviewer;
  }

  /**
   * Reads a batch that has ended: findings by card, and what the branches say. What came over its passage is
   * remembered for attractors. In turns of a few milliseconds.
   * @throws the signal's reason when it is aborted
   */
  async reviewBatch(batch: EndedBatch, signal: AbortSignal): Promise<Review> {
    const { document, passage, branches, id } = batch;
    const session = this.parts.sessions.get(document);
    const [reviewer, rules, ledger] = await Promise.all([
      this.reviewer(),
      this.rules.rulesFor(document),
      this.ledger.read(),
    ]);
    const place = placeOf(session, document, branches[0]?.node);
    const context = {
      ...(passage && { before: passage.before }),
      ...(passage?.instruction === undefined ? {} : { instruction: passage.instruction }),
      ...(await this.#yardstick(branches)),
      ...(await this.#voice()),
      history: { ledger, passage: place },
    };
    const labels = labelsOf(session, branches);
    const found = await reviewer.reviewBatch(branches, context, labels, rules, translate, signal);
    for (const { index, node } of branches) {
      this.#reviewed.set(node, found.flags.get(index) ?? []);
    }
    if (found.ideas && found.numbers) {
      this.#batches.set(id, {
        document: vscode.workspace.asRelativePath(document.uri),
        time: clock.now(),
        size: branches.length,
        ideas: found.ideas,
        effectiveNumber: found.numbers.effectiveNumber,
      });
      this.#forgetOldest();
    }
    if (passage) {
      this.#remember(branches, passage.before, place);
    }
    this.#onDidReview.fire();
    const flags = new Map(
      [...found.flags].map(([index, own]) => [index, own.map(flagView)] as const),
    );
    const ideas = found.ideas && this.#withEffect(found.ideas, session, branches);
    const openness = await this.#openness(branches, passage?.before ?? '', signal);
    return { flags, ...(ideas && { ideas }), ...(openness && { openness }) };
  }

  /** With what pushing apart has come to, if the batch was pushed apart. */
  #withEffect(
    ideas: IdeasView,
    session: DocumentSession | undefined,
    branches: EndedBatch['branches'],
  ): IdeasView {
    const effect = this.#effects.of(session, branches, ideas);
    return effect === undefined ? ideas : { ...ideas, effect };
  }

  /** Findings about one branch alone, worded, under the writer's rules. */
  async flagsOfBranch(
    text: string,
    context: BranchContext,
    signal: AbortSignal,
  ): Promise<FlagView[]> {
    return (await this.findInBranch(text, context, signal)).map(flagView);
  }

  /** Findings about one branch alone. */
  async findInBranch(
    text: string,
    { document, passage, instruction, tokens }: BranchContext,
    signal: AbortSignal,
  ): Promise<Flag[]> {
    const branch = { text, ...(tokens && { tokens }) };
    const [reviewer, rules] = await Promise.all([this.reviewer(), this.rules.rulesFor(document)]);
    const context: ReviewContext = {
      ...(passage === undefined ? {} : { before: passage }),
      ...(instruction === undefined ? {} : { instruction }),
      ...(await this.#yardstick([branch])),
      ...(await this.#voice()),
    };
    return reviewer.reviewBranch(branch, context, rules, signal);
  }

  /** Whether a text is far from the writer's own prose, and in what. */
  async driftIn(text: string): Promise<Flag[]> {
    const voice = await this.parts.voice.voice();
    return voice ? voiceDriftIn(text, voice) : [];
  }

  /** What branches say, as an estimate; undefined when there are fewer than two to compare. */
  async ideasOf(
    branches: readonly Pick<ReviewBranch, 'index' | 'node' | 'text'>[],
    labels: IdeaLabels,
    signal: AbortSignal,
  ): Promise<IdeasView | undefined> {
    return (await inTurns(findIdeas(branches, labels, translate), clock, signal))?.ideas;
  }

  async joinIdeas({ journal }: DocumentSession, nodes: readonly NodeId[]): Promise<void> {
    const marks = merging(nodes).map(markOf);
    await Promise.all(marks.map(({ node, mark, value }) => journal.recordMark(node, mark, value)));
  }

  async partIdea(
    { journal }: DocumentSession,
    node: NodeId,
    others: readonly NodeId[],
  ): Promise<void> {
    const marks = splitting(node, others).map(markOf);
    await Promise.all(marks.map((m) => journal.recordMark(m.node, m.mark, m.value)));
  }

  /** Forgets what was found: the rules have changed. */
  forget(): void {
    this.#reviewed.clear();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** How open human text is where tokens begin that a model was sure of; undefined without Sketch. */
  async #openness(
    branches: EndedBatch['branches'],
    before: string,
    signal: AbortSignal,
  ): Promise<NonNullable<Review['openness']> | undefined> {
    const steps = confidenceSteps(thresholdsSetting() ?? THRESHOLDS);
    const asked = branches.map(({ index, text, tokens = [] }) => {
      const which = tokens.map((token) => needsYardstick(text, token, steps));
      const places = tokens.filter((_, i) => which[i]).map(({ start }) => start);
      return { index, text, which, places };
    });
    const sketch = asked.some(({ places }) => places.length > 0)
      ? await this.parts.models.sketch()
      : undefined;
    if (sketch?.notice() !== null) {
      return undefined;
    }
    const near = before.slice(-CONTEXT);
    const found = new Map<number, (number | null)[]>();
    for (const { index, text, which, places } of asked) {
      const at = places.map((place) => near.length + place);
      const bits = sketch.opennessOver(near + text, at).map(({ entropy }) => entropy);
      found.set(
        index,
        which.map((is) => (is ? (bits.shift() ?? null) : null)),
      );
      await clock.sleep(0);
      signal.throwIfAborted();
    }
    return found;
  }

  /** Sketch is loaded only where it can be asked something. */
  async #yardstick(
    branches: readonly { text: string; tokens?: readonly Token[] }[],
  ): Promise<{ opennessOver?: OpennessOver }> {
    if (!branches.some(({ text, tokens }) => tokens && mayBeStuck(text, tokens))) {
      return {};
    }
    const sketch = await this.parts.models.sketch();
    if (sketch.notice() !== null) {
      return {};
    }
    return { opennessOver: (text, places) => sketch.opennessOver(text, places) };
  }

  async #voice(): Promise<{ voice?: VoiceProfile }> {
    const voice = await this.parts.voice.voice();
    return voice === undefined ? {} : { voice };
  }

  #remember(branches: EndedBatch['branches'], before: string, passage: string): void {
    const time = clock.now();
    const generations = branches
      .filter(({ node }) => !this.#remembered.has(node))
      .map(({ text, node }) => ({ text, before, passage, time, node }));
    if (generations.length === 0) {
      return;
    }
    generations.forEach(({ node }) => this.#remembered.add(node));
    this.ledger.remember(generations).catch((error: unknown) => {
      this.parts.log.warn(`The attractor ledger could not be written: ${String(error)}`);
    });
  }

  #forgetOldest(): void {
    const [oldest] = this.#batches.keys();
    if (this.#batches.size > MOST_BATCHES && oldest !== undefined) {
      this.#batches.delete(oldest);
    }
  }
}

/** What the writer said about these branches; it is kept with the tree, so it goes where the draft goes. */
function labelsOf(
  session: DocumentSession | undefined,
  branches: readonly { node: NodeId }[],
): IdeaLabels {
  const tree = session?.journal.tree;
  return tree
    ? IdeaLabels.fromMarks(branches.map(({ node }) => [node, tree.marks(node)] as const))
    : new IdeaLabels();
}

/** The same for batches over one place of a document: the document, then where its branches fork. */
function placeOf(
  session: DocumentSession | undefined,
  document: vscode.TextDocument,
  node: NodeId | undefined,
): string {
  const fork = node === undefined ? undefined : session?.journal.tree.node(node);
  const path = vscode.workspace.asRelativePath(document.uri);
  return `${path}#${fork?.parent ?? ''}@${fork?.at ?? 0}`;
}

/** The document that a passage of the ledger is in. */
export function documentOfPassage(passage: string): string {
  return passage.slice(0, passage.lastIndexOf('#'));
}
