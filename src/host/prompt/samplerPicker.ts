import * as vscode from 'vscode';
import { SAMPLER_NAMES, type Capability, type LanguageModel } from '../../core/model/languageModel';
import { OPTION_RANGES } from '../../core/model/options';
import { SAMPLERS_KEY } from '../settings';
import { samplerText, type Adjustable } from './samplerText';

const SECTION = 'variorum';
/** Those with a setting of their own. */
const OWN_SETTINGS: readonly Adjustable[] = ['temperature', 'topP', 'minP'];
const ALWAYS: readonly Adjustable[] = ['temperature', 'topP'];

interface Row extends vscode.QuickPickItem {
  name: Adjustable | 'reset';
}

/**
 * *Adjust Samplers*: the samplers that the chosen models take, each with its value, its range and what it
 * does; Enter asks for another value. The list comes back until it is left with Esc.
 */
export async function adjustSamplers(models: readonly LanguageModel[]): Promise<void> {
  let last: Row['name'] | undefined;
  for (;;) {
    const picked = await pickRow(models, last);
    if (picked === undefined) {
      return;
    }
    last = picked;
    if (picked === 'reset') {
      await resetAll();
    } else {
      await askForValue(picked);
    }
  }
}

function pickRow(
  models: readonly LanguageModel[],
  active: Row['name'] | undefined,
): Promise<Row['name'] | undefined> {
  const { t } = vscode.l10n;
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = t('Samplers of {0}', models.map(({ label }) => label).join(', '));
  pick.placeholder = t('Enter changes one; those that the model does not take are not shown');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = rows(models);
  if (active !== undefined) {
    pick.activeItems = pick.items.filter(({ name }) => name === active);
  }
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.name);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function rows(models: readonly LanguageModel[]): Row[] {
  const names = [...ALWAYS, ...SAMPLER_NAMES].filter((name) => supportOf(name, models) !== 'no');
  const isChanged = names.some((name) => valueOf(name) !== undefined);
  return [
    ...names.map((name) => rowOf(name, models)),
    ...(isChanged
      ? [{ name: 'reset' as const, label: vscode.l10n.t('$(discard) Reset all of these') }]
      : []),
  ];
}

function rowOf(name: Adjustable, models: readonly LanguageModel[]): Row {
  const { t } = vscode.l10n;
  const { label, does } = samplerText(name);
  const { min, max } = OPTION_RANGES[name];
  const value = valueOf(name);
  const usual = t('{0}, not changed', defaultOf(name) ?? t('the model’s own'));
  const doubt =
    supportOf(name, models) === 'unknown' ? [t('sent if set; it may not be taken')] : [];
  const some = models.length > 1 ? takers(name, models) : [];
  return {
    name,
    label: value === undefined ? label : `$(edit) ${label}`,
    description: [String(value ?? usual), t('{0} to {1}', min, max), ...doubt, ...some].join(' · '),
    detail: does,
  };
}

/** The models that take it, where that is not all of them. */
function takers(name: Adjustable, models: readonly LanguageModel[]): string[] {
  const able = models.filter((model) => support(name, model) !== 'no').map(({ label }) => label);
  return able.length === models.length ? [] : [vscode.l10n.t('only {0}', able.join(', '))];
}

type Support = Capability['value'];

/** The best that any of the models does. */
function supportOf(name: Adjustable, models: readonly LanguageModel[]): Support {
  const all = models.map((model) => support(name, model));
  return all.includes('yes') ? 'yes' : all.includes('unknown') ? 'unknown' : 'no';
}

function support(name: Adjustable, { capabilities }: LanguageModel): Support {
  return name === 'temperature' || name === 'topP'
    ? 'yes'
    : (capabilities.samplers?.[name]?.value ?? 'no');
}

/** What was set; undefined where it is as it was shipped. */
function valueOf(name: Adjustable): number | undefined {
  const settings = vscode.workspace.getConfiguration(SECTION);
  if (OWN_SETTINGS.includes(name)) {
    const value = settings.get<number>(name);
    return value === defaultOf(name) ? undefined : value;
  }
  return settings.get<Record<string, number>>(SAMPLERS_KEY, {})[name];
}

/** Undefined where a model has one of its own. */
function defaultOf(name: Adjustable): number | undefined {
  const settings = vscode.workspace.getConfiguration(SECTION);
  return OWN_SETTINGS.includes(name) ? settings.inspect<number>(name)?.defaultValue : undefined;
}

async function askForValue(name: Adjustable): Promise<void> {
  const { t } = vscode.l10n;
  const { label, does } = samplerText(name);
  const { min, max } = OPTION_RANGES[name];
  const answer = await vscode.window.showInputBox({
    title: label,
    prompt: t('{0} From {1} to {2}; empty takes the change back.', does, min, max),
    value: String(valueOf(name) ?? defaultOf(name) ?? ''),
    validateInput: (text) => problemWith(name, text),
  });
  if (answer !== undefined) {
    const text = answer.trim().replace(',', '.');
    await save(name, text === '' ? undefined : Number(text));
  }
}

function problemWith(name: Adjustable, answer: string): string | null {
  const { t } = vscode.l10n;
  const { min, max, integer } = OPTION_RANGES[name];
  const text = answer.trim().replace(',', '.');
  const value = Number(text);
  if (text === '' || (value >= min && value <= max && (!integer || Number.isInteger(value)))) {
    return null;
  }
  return integer
    ? t('A whole number from {0} to {1}.', min, max)
    : t('A number from {0} to {1}.', min, max);
}

async function save(name: Adjustable, value: number | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  if (OWN_SETTINGS.includes(name)) {
    await update(settings, name, value);
    return;
  }
  const { [name]: _, ...others } = settings.get<Record<string, number>>(SAMPLERS_KEY, {});
  const all = value === undefined ? others : { ...others, [name]: value };
  await update(settings, SAMPLERS_KEY, Object.keys(all).length === 0 ? undefined : all);
}

async function resetAll(): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  for (const name of [...OWN_SETTINGS, SAMPLERS_KEY]) {
    await update(settings, name, undefined);
  }
}

/** Where it was set: in the workspace, else in the person's own settings. */
async function update(
  settings: vscode.WorkspaceConfiguration,
  name: string,
  value: unknown,
): Promise<void> {
  const { workspaceValue } = settings.inspect(name) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await settings.update(name, value, workspaceValue === undefined ? Global : Workspace);
}
