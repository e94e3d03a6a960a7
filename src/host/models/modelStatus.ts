import * as vscode from 'vscode';
import { toModelError } from '../../core/model/error';
import type { Capabilities, Capability, LanguageModel } from '../../core/model/languageModel';
import type { Models } from '../models';
import { Disposables } from '../disposables';
import { priceText } from './prices';

/** What the models are doing. */
export type ModelState =
  | { kind: 'idle' }
  /** Branches that have ended, of how many. */
  | { kind: 'streaming'; done: number; of: number }
  /** What happened and what to do. */
  | { kind: 'failed'; message: string };

const PROSE = [{ language: 'markdown' }, { language: 'plaintext' }, { language: 'latex' }];

/** Says in the status bar which model continues the draft and what it is doing. */
export class ModelStatus implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #item = this.#disposables.add(
    vscode.window.createStatusBarItem('variorum.model', vscode.StatusBarAlignment.Right, 90),
  );
  #state: ModelState = { kind: 'idle' };
  #used = false;

  constructor(private readonly models: Models) {
    this.#item.name = vscode.l10n.t('Variorum: Model');
    this.#item.command = 'variorum.chooseModel';
    this.#disposables.add(
      models.onDidChange(() =>
        this.setState(this.#state.kind === 'failed' ? { kind: 'idle' } : this.#state),
      ),
    );
    this.#disposables.add(vscode.window.onDidChangeActiveTextEditor(() => this.#update()));
    this.#update();
  }

  /** What the status bar says, for tests. */
  get text(): string {
    return this.#item.text;
  }

  get state(): ModelState {
    return this.#state;
  }

  setState(state: ModelState): void {
    this.#state = state;
    this.#used ||= state.kind !== 'idle';
    this.#update();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #update(): void {
    const { document } = vscode.window.activeTextEditor ?? {};
    const isProse = document !== undefined && vscode.languages.match(PROSE, document) > 0;
    if (!this.#used && !isProse) {
      this.#item.hide();
      return;
    }
    const names = this.models.labels().join(' + ');
    this.#item.text = textOf(this.#state, names);
    this.#item.accessibilityInformation = { label: spoken(this.#state, names) };
    this.#item.backgroundColor =
      this.#state.kind === 'failed'
        ? new vscode.ThemeColor('statusBarItem.errorBackground')
        : undefined;
    this.#item.tooltip = this.#shortTooltip();
    this.#item.show();
    if (this.#used) {
      void this.#describe();
    }
  }

  #shortTooltip(): string {
    const hint = this.models.choices().length === 0 ? firstHint() : vscode.l10n.t('Choose a model');
    return this.#state.kind === 'failed' ? this.#state.message : hint;
  }

  /** What the models are and can do, once they are loaded anyway. */
  async #describe(): Promise<void> {
    const state = this.#state;
    try {
      const models = await this.models.chosen();
      if (state === this.#state) {
        this.#item.tooltip = tooltipOf(models, state, this.#shortTooltip());
      }
    } catch (error) {
      this.#item.tooltip = toModelError(error).message;
    }
  }
}

function textOf(state: ModelState, names: string): string {
  switch (state.kind) {
    case 'idle':
      return `$(git-branch) ${names}`;
    case 'streaming':
      return `$(loading~spin) ${names} ${state.done}/${state.of}`;
    case 'failed':
      return `$(error) ${names}`;
  }
}

function spoken(state: ModelState, names: string): string {
  switch (state.kind) {
    case 'idle':
      return vscode.l10n.t('Variorum continues with {0}', names);
    case 'streaming':
      return vscode.l10n.t('{0}: {1} of {2} branches done', names, state.done, state.of);
    case 'failed':
      return vscode.l10n.t('{0} failed: {1}', names, state.message);
  }
}

function firstHint(): string {
  return vscode.l10n.t(
    'Sketch is small and built in. Choose a larger model to see what yours does.',
  );
}

function tooltipOf(
  models: readonly LanguageModel[],
  state: ModelState,
  last: string,
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  for (const { label, note, capabilities, price } of models) {
    tooltip.appendText(`${label}: ${note}`).appendMarkdown('\n\n');
    for (const line of [...abilities(capabilities), ...(price ? [priceText(price)] : [])]) {
      tooltip.appendMarkdown('- ').appendText(line).appendMarkdown('\n');
    }
    tooltip.appendMarkdown('\n');
  }
  if (state.kind === 'failed' || models.every(({ id }) => id === 'sketch')) {
    tooltip.appendText(last);
  }
  return tooltip;
}

/** What a model can do, in words, with the reason where it cannot. */
function abilities({ logprobs, score, raw, infill }: Capabilities): string[] {
  const { l10n } = vscode;
  const say = (name: string, { value, evidence }: Capability): string => {
    switch (value) {
      case 'yes':
        return l10n.t('{0}: yes', name);
      case 'no':
        return l10n.t('{0}: no. {1}', name, evidence);
      case 'unknown':
        return l10n.t('{0}: not known yet', name);
    }
  };
  return [
    say(l10n.t('token probabilities'), logprobs),
    say(l10n.t('scores text that is there'), score),
    say(l10n.t('continues raw text'), raw),
    say(l10n.t('reads what stands after the cursor'), infill),
  ];
}
