import * as vscode from 'vscode';
import { parseReference } from '../../core/model/discovery/modelReference';
import type { LanguageModel, Passage, Usage } from '../../core/model/languageModel';
import { abilityOf, askModel, LISTED, type Ability } from '../../core/multiverse/askModel';
import { costOf, FREE, priceOf } from '../../core/multiverse/cost';
import { expandByAsking, expandStored } from '../../core/multiverse/expand';
import {
  Multiverse,
  ROOT_BLOCK,
  type Expansion,
  type Taken,
} from '../../core/multiverse/multiverse';
import type { StoredTokens } from '../../core/multiverse/stored';
import type { AskingView, SideView, Terms } from '../../plotProtocol';

/** Requests under way at the same time. */
const AT_ONCE = 4;

export interface SideParts {
  model: LanguageModel;
  passage: Passage;
  taken: Taken;
  stored: StoredTokens | undefined;
  /** What requests to this model used before. */
  usages: readonly Usage[];
}

/** Told of what has grown, and how the asking stands. */
export type OnGrow = (grown: readonly Expansion[], asking: AskingView) => void;

/** What one model makes of a place: what is stored at first, and what it says when it is asked. */
export class PlotSide {
  readonly multiverse: Multiverse;
  readonly #usages: Usage[] = [];
  #asking: AskingView = {
    isAsking: false,
    asked: 0,
    of: 0,
    spent: { requests: 0, promptTokens: 0, dollars: null },
    empty: 0,
  };

  constructor(readonly parts: SideParts) {
    this.multiverse = new Multiverse(parts.taken);
  }

  get asking(): AskingView {
    return this.#asking;
  }

  view({ requests }: Terms): SideView {
    const { model, passage, taken, usages } = this.parts;
    const ability = abilityOf(model, passage);
    const isHere = parseReference(model.id)?.kind === 'sketch';
    const price = isHere ? FREE : priceOf([...usages, ...this.#usages]);
    return {
      label: model.label,
      note: model.note,
      taken,
      expansions: this.multiverse.expansions,
      ...(ability.can === 'no' ? { cannot: cannotWords(model, ability) } : {}),
      cost: costOf(passage, requests, price),
      asking: this.#asking,
    };
  }

  /** Grows from what is stored below a block. */
  deepen(from: number, { cutoff }: Terms): readonly Expansion[] {
    const { stored } = this.parts;
    return stored ? expandStored(this.multiverse, stored, { from, cutoff }) : [];
  }

  /** Asks the model for more below a block. Never rejects: what goes wrong is in the outcome. */
  async ask(
    zoom: number,
    { cutoff, requests }: Terms,
    listed: number,
    signal: AbortSignal,
    onGrow: OnGrow,
  ): Promise<void> {
    const { model, passage } = this.parts;
    const from = this.multiverse.block(zoom) ? zoom : ROOT_BLOCK;
    const { spent } = this.#asking;
    const { outcome: _, ...before } = this.#asking;
    const become = (change: Partial<AskingView>, grown: readonly Expansion[] = []) => {
      this.#asking = { ...this.#asking, ...change };
      onGrow(grown, this.#asking);
    };
    this.#asking = before;
    become({ isAsking: true, asked: 0, of: requests, empty: 0 });
    const ask = askModel(model, passage, listed, (usage) => this.#used(usage));
    const bounds = { from, cutoff, requests, atOnce: AT_ONCE, listed };
    const outcome = await expandByAsking(this.multiverse, ask, bounds, signal, (asked, grown) => {
      const empty = this.#asking.empty + (grown ? 0 : 1);
      const all = { ...this.#asking.spent, requests: spent.requests + asked };
      become({ asked, empty, spent: all }, grown ? [grown] : []);
    });
    const { asked } = outcome;
    const all = { ...this.#asking.spent, requests: spent.requests + asked };
    become({ isAsking: false, asked, spent: all, outcome });
  }

  #used(usage: Usage): void {
    this.#usages.push(usage);
    const { spent } = this.#asking;
    const dollars = usage.cost === undefined ? spent.dollars : (spent.dollars ?? 0) + usage.cost;
    const promptTokens = spent.promptTokens + usage.promptTokens;
    this.#asking = { ...this.#asking, spent: { ...spent, promptTokens, dollars } };
  }
}

/** Entries that every one of several models can list: both sides are asked the same. */
export function listedByAll(models: readonly LanguageModel[]): number {
  return Math.min(LISTED, ...models.map(({ capabilities }) => capabilities.alternatives.max));
}

function cannotWords(
  { label }: LanguageModel,
  { lacks, evidence }: Ability & { can: 'no' },
): { message: string; action: string } {
  const { l10n } = vscode;
  switch (lacks) {
    case 'alternatives':
      return {
        message: l10n.t(
          '{0} cannot be asked for more: it does not tell what else it could have written. {1}',
          label,
          evidence,
        ),
        action: l10n.t(
          'Choose a model that lists alternatives: Sketch does, and so do servers that give log probabilities.',
        ),
      };
    case 'raw':
      return {
        message: l10n.t(
          '{0} cannot be asked for more: it answers chat messages and cannot go on with exactly this text. {1}',
          label,
          evidence,
        ),
        action: l10n.t(
          'Choose a model with a completions API or one that goes on with a message that has begun. Sketch can, offline.',
        ),
      };
  }
}
