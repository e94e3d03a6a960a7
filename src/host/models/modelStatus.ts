import * as vscode from 'vscode';
import { toModelError } from '../../core/model/error';
import type { Capabilities, Capability, LanguageModel } from '../../core/model/languageModel';
import type { Models } from '../models';
import { Disposables } from '../disposables';
import type { Examined } from './examinations';
import { priceText } from './prices';

/** What the models are doing. */
export type ModelState =
  | { kind: 'idle' }
  /** Branches that have ended, of how many. */
  | { kind: 'streaming'; done: number; of: number }
  /** What happened and what to do. */
  | { kind: 'failed'; message: string };

const EXAMINE = 'variorum.examineModel';
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
        this.#item.tooltip = tooltipOf(
          models,
          this.models.examinations,
          state,
          this.#shortTooltip(),
        );
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
  known: Pick<Models['examinations'], 'get'>,
  state: ModelState,
  last: string,
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: [EXAMINE] };
  for (const { id, label, note, capabilities, price } of models) {
    tooltip.appendText(`${label}: ${note}`).appendMarkdown('\n\n');
    const costs = price ? [priceText(price)] : [];
    for (const line of [...abilities(capabilities), ...examinedLine(known.get(id)), ...costs]) {
      tooltip.appendMarkdown('- ').appendText(line).appendMarkdown('\n');
    }
    tooltip.appendMarkdown('\n');
  }
  if (models.some(({ id }) => id.includes('#'))) {
    const examine = vscode.l10n.t('Examine what it can do');
    tooltip.appendMarkdown(`[${examine}](command:${EXAMINE})\n\n`);
  }
  if (state.kind === 'failed' || models.every(({ id }) => id === 'sketch')) {
    tooltip.appendText(last);
  }
  return tooltip;
}

/** What a model can do, in words, with the reason where it cannot. */
function abilities({
  logprobs,
  alternatives,
  score,
  raw,
  prefill,
  infill,
  seed,
}: Capabilities): string[] {
  const { l10n } = vscode;
  const say = (name: string, { value, evidence }: Capability, more = ''): string => {
    switch (value) {
      case 'yes':
        return l10n.t('{0}: yes', name) + more;
      case 'no':
        return l10n.t('{0}: no. {1}', name, evidence);
      case 'unknown':
        return l10n.t('{0}: not known yet', name);
    }
  };
  return [
    say(l10n.t('token probabilities'), logprobs, meaningOf(logprobs, alternatives)),
    say(l10n.t('scores text that is there'), score),
    say(l10n.t('continues raw text'), raw),
    say(l10n.t('goes on with an answer that was begun'), prefill),
    say(l10n.t('reads what stands after the cursor'), infill),
    say(l10n.t('the same seed gives the same text'), seed),
  ];
}

/** What the numbers are of, and how many there are. */
function meaningOf(
  { semantics }: Capabilities['logprobs'],
  { max }: Capabilities['alternatives'],
): string {
  const { l10n } = vscode;
  const count = l10n.t('up to {0} alternatives', max);
  switch (semantics) {
    case 'raw':
      return ` (${l10n.t('the model’s own')}, ${count})`;
    case 'processed':
      return ` (${l10n.t('after temperature and filters')}, ${count})`;
    case 'unknown':
      return ` (${count})`;
  }
}

/** When a model was examined, and whether that still holds. */
function examinedLine(known: Examined | undefined): string[] {
  if (known === undefined) {
    return [];
  }
  const { examination, stale } = known;
  const when = (time: number) => new Date(time).toLocaleString(vscode.env.language);
  return [
    stale === undefined
      ? vscode.l10n.t('examined on {0}', when(examination.time))
      : vscode.l10n.t(
          'examined on {0}, but since {1} the server lists other models: examine it again',
          when(examination.time),
          when(stale),
        ),
  ];
}
