import * as vscode from 'vscode';
import type { LanguageModel } from '../../core/model/languageModel';
import type { NodeId } from '../../core/tree/node';
import type { DocumentSession } from '../documentSession';
import { Disposables } from '../disposables';
import type { Rewriting } from '../batch';
import { targetOf } from '../insertBranch';
import type { PlaceInDraft } from '../places';
import { PromptDocuments } from '../prompt/promptDocuments';
import type { ContinueRequest } from '../sessionRequests';
import { modelOptions } from '../settings';
import { chooseHow } from './chooseHow';
import { editStrategies } from './editStrategies';
import {
  canRewrite,
  gatherRewrite,
  withLead,
  type Gathered,
  type ToRewrite,
} from './gatherRewrite';
import { pinSource } from './pinSource';
import type { RewriteAction, RewriteParts } from './rewriteFeature';
import { rewritePromptText } from './rewritePromptText';
import {
  frontDraft,
  readArgument,
  spansToRewrite,
  whichOf,
  type RewriteArgument,
} from './rewritePlaces';
import { StrategyFiles, type StrategiesFound } from './strategyFiles';

/** Brings a batch into view. */
type Show = (session: DocumentSession) => Promise<void>;

/** Rewrites passages of drafts, each in several ways. */
export class Rewrites implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #files = this.#disposables.add(new StrategyFiles());
  readonly #pages = this.#disposables.add(new PromptDocuments('variorum-rewrite-prompt'));
  /** By what a batch remembers: all that went out with it. */
  readonly #gathered = new WeakMap<Rewriting, Gathered>();

  constructor(
    private readonly parts: RewriteParts,
    private readonly show: Show,
  ) {}

  /** *Rewrite*: each selection, or the sentence at the cursor. Caret, focus and scroll stay where they are. */
  async here(argument: unknown): Promise<void> {
    await this.#rewrite(readArgument(argument));
  }

  /** *Rewrite with…*: asks which strategies, and what else. */
  async choosing(argument: unknown): Promise<void> {
    const given = readArgument(argument);
    const { document } = frontDraft(given);
    const models = await this.#models();
    const { strategies } = await this.#files.forDocument(document);
    const how = models && (await chooseHow(strategies, this.parts.memory));
    if (how) {
      await this.#rewrite({ ...given, ...how });
    }
  }

  /** What a card of the batch shown was asked for. */
  async act(session: DocumentSession, { kind, branch }: RewriteAction): Promise<void> {
    await (kind === 'pin' ? pinSource(this.parts, session) : this.#rewriteBranch(session, branch));
  }

  /** *Show Rewrite Prompt*: of the rewrites shown, or of what would be rewritten now. */
  async showPrompt(session: DocumentSession | undefined): Promise<void> {
    const shown = session?.batch?.request;
    const gathered = shown?.rewrite && this.#gathered.get(shown.rewrite);
    if (session && shown && gathered) {
      await this.#pages.show(session.document.uri, rewritePromptText(shown.models, gathered));
      return;
    }
    const front = frontDraft({});
    const models = await this.#models();
    if (models) {
      const opened = await this.parts.sessions.open(front.document);
      const [span] = spansToRewrite(opened, front, {});
      const found = await this.#files.forDocument(front.document);
      const wanted = wantedAt(opened, span, {});
      const now = await this.#gather(wanted, found, models);
      await this.#pages.show(front.document.uri, rewritePromptText(models, now));
    }
  }

  /** *Edit Rewrite Strategies*. */
  async editStrategies(): Promise<void> {
    await editStrategies();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #rewrite(asked: RewriteArgument): Promise<void> {
    const front = frontDraft(asked);
    const models = await this.#models();
    if (!models) {
      return;
    }
    const { document } = front;
    const session = await this.parts.sessions.open(document);
    const spans = spansToRewrite(session, front, asked);
    const places = spans.map((span) => session.places.keep(span.end, span));
    try {
      await this.show(session);
      const found = await this.#files.forDocument(document);
      const requests: ContinueRequest[] = [];
      for (const [at, place] of places.entries()) {
        const request = await this.#requestAt(session, place, asked, found, models);
        requests.push({
          ...request,
          notices: [...whichOf(at, places.length), ...request.notices],
        });
      }
      await session.continueAll(requests);
    } finally {
      places.forEach((place) => place.dispose());
    }
  }

  async #requestAt(
    session: DocumentSession,
    place: PlaceInDraft,
    asked: RewriteArgument,
    found: StrategiesFound,
    models: Models,
  ): Promise<ContinueRequest> {
    const span = place.selection ?? { start: place.offset, end: place.offset };
    const wanted = wantedAt(session, span, asked);
    const gathered = await this.#gather(wanted, found, models);
    return requestOf(gathered, models, session, { at: place });
  }

  async #rewriteBranch(session: DocumentSession, index: number): Promise<void> {
    const { text, node } = session.branch(index);
    const { batch } = session;
    const placed = batch?.placement.kind === 'placed' ? batch.placement : undefined;
    if (placed?.branch === index) {
      const { start, end } = placed.span;
      await this.#rewrite({ uri: session.document.uri.toString(), start, end });
      return;
    }
    const models = await this.#models();
    if (!models) {
      return;
    }
    const { activeTextEditor } = vscode.window;
    const editor = activeTextEditor?.document === session.document ? activeTextEditor : undefined;
    const target = targetOf(session, {}, editor);
    const selection = target.start < target.end ? target : undefined;
    const place = session.places.keep(target.end, selection);
    try {
      const found = await this.#files.forDocument(session.document);
      const { draft, document } = session;
      const around = draft.text.slice(0, target.start) + draft.text.slice(target.end);
      const source = text.trim();
      const rest = { strategies: [], instruction: undefined, avoid: [] };
      const wanted = { document, around, at: target.start, source, ...rest };
      const gathered = await this.#gather(wanted, found, models);
      const lead = /^\s*/u.exec(text)?.[0] ?? '';
      const { rewriting } = gathered;
      const write: typeof rewriting.write = (asked, signal) =>
        withLead(rewriting.write(asked, signal), lead);
      const led = { ...gathered, rewriting: { ...rewriting, write } };
      this.#gathered.set(led.rewriting, gathered);
      const fork = forkOf(session, node);
      await session.continue(requestOf(led, models, session, { at: place, fork }));
    } finally {
      place.dispose();
    }
  }

  async #gather(wanted: ToRewrite, { strategies, notices }: StrategiesFound, models: Models) {
    const { n } = modelOptions(wanted.document);
    const most = Math.max(n, models.length);
    const gathered = await gatherRewrite(this.parts, wanted, strategies, most);
    this.#gathered.set(gathered.rewriting, gathered);
    return { ...gathered, notices: [...notices, ...gathered.notices] };
  }

  /** The chosen models that can be told things; undefined once the writer was told that there is none. */
  async #models(): Promise<Models | undefined> {
    const chosen = await this.parts.models.chosen();
    const [first, ...others] = chosen.filter(canRewrite);
    if (first) {
      return [first, ...others];
    }
    const { l10n, window, commands } = vscode;
    const choose = l10n.t('Choose Model');
    const names = chosen.map(({ label }) => label).join(', ');
    const choice = await window.showInformationMessage(
      l10n.t(
        'Rewriting needs a model that can be told what to do with a text, and {0} only goes on with one. Connect a local server (llama.cpp, Ollama, LM Studio), an API with your key, or one of VS Code’s own models.',
        names,
      ),
      choose,
    );
    if (choice === choose) {
      await commands.executeCommand('variorum.chooseModel');
    }
    return undefined;
  }
}

type Models = readonly [LanguageModel, ...LanguageModel[]];

/** A stretch of a draft as it is to be rewritten. */
function wantedAt(
  { draft, document }: DocumentSession,
  span: { start: number; end: number },
  { strategies = [], instruction, avoid = [] }: RewriteArgument,
): ToRewrite {
  const { text } = draft;
  const around = text.slice(0, span.start) + text.slice(span.end);
  const source = text.slice(span.start, span.end);
  return { document, around, at: span.start, source, span, strategies, instruction, avoid };
}

function requestOf(
  { passage, rewriting, notices, request }: Gathered,
  models: Models,
  { document }: DocumentSession,
  place: Pick<ContinueRequest, 'at' | 'fork'>,
): ContinueRequest {
  const options = { ...modelOptions(document), n: request.n };
  return { models, passage, options, spread: 'apart', rewrite: rewriting, notices, ...place };
}

/** Where a branch forks: what says the same in another way stands beside it. */
function forkOf({ journal }: DocumentSession, id: NodeId): NonNullable<ContinueRequest['fork']> {
  const { parent = null, at = 0 } = journal.tree.node(id) ?? {};
  return { parent, at };
}
