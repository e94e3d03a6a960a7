import * as vscode from 'vscode';
import type { LanguageModel, Usage } from '../../core/model/languageModel';
import type { Expansion } from '../../core/multiverse/multiverse';
import { ROOT_BLOCK } from '../../core/multiverse/multiverse';
import {
  CUTOFFS,
  DEFAULT_TERMS,
  REQUESTS,
  type AskingView,
  type PlotAction,
  type PlotView,
  type Terms,
} from '../../plotProtocol';
import { Disposables } from '../disposables';
import type { Models } from '../models';
import type { ModelCommands } from '../models/modelCommands';
import type { PlotPlace } from './plotPlace';
import { listedByAll, PlotSide } from './plotSide';

/** What came of one side. */
export interface Growth {
  side: number;
  expansions: readonly Expansion[];
  asking: AskingView;
}

/** What a page asks of a plot; the rest is about the tab. */
export type SideAction = Exclude<
  PlotAction,
  { kind: 'from-cursor' } | { kind: 'export' } | { kind: 'copy' }
>;

/** What could follow one place, as one model or two see it. */
export class Plot implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #onDidGrow = this.#disposables.add(new vscode.EventEmitter<Growth>());
  #place: PlotPlace | undefined;
  #sides: PlotSide[] = [];
  #terms: Terms = DEFAULT_TERMS;
  #asking: AbortController | undefined;
  #places = 0;

  /** Everything may be another. */
  readonly onDidChange = this.#onDidChange.event;
  readonly onDidGrow = this.#onDidGrow.event;

  constructor(
    private readonly models: Models,
    private readonly commands: Pick<ModelCommands, 'pick'>,
  ) {}

  get sides(): readonly PlotSide[] {
    return this.#sides;
  }

  /** Null before the first place. */
  view(): PlotView | null {
    const place = this.#place;
    return (
      (place && {
        place: String(this.#places),
        document: vscode.workspace.asRelativePath(place.session.document.uri),
        line: place.line + 1,
        lead: place.lead,
        sides: this.#sides.map((side) => side.view(this.#terms)),
        terms: this.#terms,
        notices: place.notices,
      }) ??
      null
    );
  }

  /** Plots another place, from what is stored. A second model stays beside the first. */
  async begin(place: PlotPlace): Promise<void> {
    this.stop();
    const second = this.#sides[1]?.parts.model;
    const first = await this.#modelFor(place);
    this.#place = place;
    this.#places += 1;
    this.#sides = [first, ...(second && second.id !== first.id ? [second] : [])].map((model) =>
      this.#side(place, model),
    );
    this.#onDidChange.fire();
  }

  async act(action: SideAction): Promise<void> {
    switch (action.kind) {
      case 'ask':
        return this.ask(action.zooms);
      case 'stop':
        this.stop();
        return;
      case 'zoom':
        this.#deepen(action.side, action.block);
        return;
      case 'terms':
        this.#setTerms(action.terms, action.zooms);
        return;
      case 'choose-model':
        return this.#chooseModel(action.side);
      case 'one-side':
        this.stop();
        this.#sides.splice(1);
        this.#onDidChange.fire();
    }
  }

  /** Asks every side for more, on the same terms, below the block that it has enlarged. */
  async ask(zooms: readonly number[]): Promise<void> {
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    const able = this.#sides.filter((side) => side.view(this.#terms).cannot === undefined);
    const listed = listedByAll(able.map(({ parts }) => parts.model));
    await Promise.all(
      able.map((side) => {
        const at = this.#sides.indexOf(side);
        const zoom = zooms[at] ?? ROOT_BLOCK;
        return side.ask(zoom, this.#terms, listed, asking.signal, (expansions, view) =>
          // What was asked of a place that is no longer shown is nobody's.
          this.#sides[at] === side
            ? this.#onDidGrow.fire({ side: at, expansions, asking: view })
            : undefined,
        );
      }),
    );
    // What a model cannot do may have shown only now, and what it costs.
    if (this.#asking === asking) {
      this.#asking = undefined;
      this.#onDidChange.fire();
    }
  }

  /** Calls requests off; what came is kept. */
  stop(): void {
    this.#asking?.abort();
  }

  dispose(): void {
    this.stop();
    this.#disposables.dispose();
  }

  /** The model whose text is there, else the one that continues drafts, if it has anything here. */
  async #modelFor({ takenModel, stored }: PlotPlace): Promise<LanguageModel> {
    const current = await this.models.current();
    const most = [...stored].sort(([, a], [, b]) => b.count - a.count)[0]?.[0];
    const id = takenModel ?? (stored.has(current.id) ? undefined : most);
    return id === undefined || id === current.id ? current : this.models.named(id);
  }

  #side({ passage, taken, stored, session }: PlotPlace, model: LanguageModel): PlotSide {
    const usages = usagesOf(session.journal.tree.nodes(), model.id);
    const side = new PlotSide({ model, passage, taken, stored: stored.get(model.id), usages });
    side.deepen(ROOT_BLOCK, this.#terms);
    return side;
  }

  #deepen(at: number, block: number): void {
    const side = this.#sides[at];
    const expansions = side?.deepen(block, this.#terms) ?? [];
    if (side && expansions.length > 0) {
      this.#onDidGrow.fire({ side: at, expansions, asking: side.asking });
    }
  }

  #setTerms({ cutoff, requests }: Terms, zooms: readonly number[]): void {
    if (CUTOFFS.some((each) => each === cutoff) && REQUESTS.some((each) => each === requests)) {
      this.#terms = { cutoff, requests };
      this.#sides.forEach((side, at) => side.deepen(zooms[at] ?? ROOT_BLOCK, this.#terms));
      this.#onDidChange.fire();
    }
  }

  async #chooseModel(at: number): Promise<void> {
    const title =
      at === 0
        ? vscode.l10n.t('Plot which model?')
        : vscode.l10n.t('Plot which model beside the first?');
    const [id] = (await this.commands.pick(title)) ?? [];
    if (id !== undefined) {
      await this.put(at, await this.models.named(id, true));
    }
  }

  /** Puts a model on a side. */
  async put(at: number, model: LanguageModel): Promise<void> {
    this.stop();
    const place = this.#place;
    if (place) {
      this.#sides[Math.min(at, this.#sides.length)] = this.#side(place, model);
      this.#onDidChange.fire();
    }
    await Promise.resolve();
  }
}

function usagesOf(
  nodes: Iterable<Readonly<{ source: { kind: string; model?: string }; usage?: Usage }>>,
  model: string,
): Usage[] {
  return [...nodes].flatMap(({ source, usage }) =>
    source.kind === 'model' && source.model === model && usage ? [usage] : [],
  );
}
