import * as vscode from 'vscode';
import { CODES } from '../../core/collapse/codes';
import type { FlagCode } from '../../core/collapse/flag';
import { SEVERITY_RULES, type Rules, type SeverityRule } from '../../core/collapse/rules';

/** Section of everything that is set here. */
export const COLLAPSE_SETTINGS = 'variorum.collapse';

const settings = (scope?: vscode.ConfigurationScope) =>
  vscode.workspace.getConfiguration(COLLAPSE_SETTINGS, scope);

/** How severe each code is to the writer; what makes no sense is passed over. */
export function severitiesFor(scope: vscode.ConfigurationScope): Rules['severities'] {
  const given = settings(scope).get<unknown>('severity');
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  return Object.fromEntries(
    entries.filter(([code, rule]: [string, unknown]) => code in CODES && isRule(rule)),
  );
}

function isRule(rule: unknown): rule is SeverityRule {
  return (SEVERITY_RULES as readonly unknown[]).includes(rule);
}

/** Turns a code off for good. */
export async function turnOff(code: FlagCode): Promise<void> {
  const own = settings().inspect<Record<string, unknown>>('severity')?.globalValue ?? {};
  const value = { ...own, [code]: 'off' };
  await settings().update('severity', value, vscode.ConfigurationTarget.Global);
}

/** Paths of the writer's lists, as they are written. */
export function listPaths(scope: vscode.ConfigurationScope): readonly string[] {
  return strings(settings(scope).get('lists'));
}

/** Phrases that are allowed everywhere. */
export function allowedAlways(): readonly string[] {
  return strings(settings().inspect('allow')?.globalValue);
}

/** Allows a phrase everywhere. */
export async function allowAlways(phrase: string): Promise<void> {
  const phrases = [...new Set([...allowedAlways(), phrase])];
  await settings().update('allow', phrases, vscode.ConfigurationTarget.Global);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}
