import * as vscode from 'vscode';
import type { LanguageModel } from '../../src/core/model/languageModel';
import type { Run } from '../../src/core/model/token';
import type { VariorumApi } from '../../src/extension';
import type { DocumentSession } from '../../src/host/documentSession';
import { scriptedModel, tokensOf, writes, type Part } from '../fixtures/scriptedModel';
import { openDraft } from './support';

const CERTAIN = 0.995;
export const word = (text: string, p: number, others: Record<string, number>): Part => [
  text,
  p,
  { [text]: p, ...others },
];

/** One way through: the first sentence is open, and from the second on there is none. */
export const STUCK: Part[] = [
  word(' Mara', 0.3, { ' He': 0.2, ' The': 0.2, ' Nobody': 0.1 }),
  word(' laughed', 0.2, { ' wept': 0.2, ' ran': 0.2, ' slept': 0.1 }),
  word('.', 0.5, { ' aloud': 0.2, ',': 0.2 }),
  ...[' Then', ' rain', ' covered', ' broken', ' windows'].map((text) =>
    word(text, CERTAIN, { ' Outside': 0.002, '…': 0.0015, ' seven': 0.001 }),
  ),
  word('.', CERTAIN, { '!': 0.004 }),
  ...[' Old', ' thunder', ' followed', ' silver', ' horses'].map((text) =>
    word(text, CERTAIN, { ' Nothing': 0.002, '“': 0.0015, ' three': 0.001 }),
  ),
  word('.', CERTAIN, { '!': 0.004 }),
];
export const STUCK_TEXT = STUCK.map(([text]) => text).join('');
/** Where the second sentence begins. */
export const BORDER = ' Mara laughed.'.length;

/** What scoring gives for "It rained." and the stuck branch's text after it. */
export const SCORE = {
  semantics: 'raw',
  bytes: 'none',
  tokens: tokensOf([['It rained.', 'first'], ...STUCK]),
} as const;

/** Scores as that says. */
export async function* scores(): AsyncGenerator<Run> {
  await Promise.resolve();
  yield SCORE;
}

/** Writes the stuck branch, and goes on from any other beginning in a way of that beginning's own. */
export function stuckModel(more: Partial<LanguageModel> = {}): ReturnType<typeof scriptedModel> {
  const model = scriptedModel({
    branches: ({ passage }) =>
      passage.before === 'It rained.'
        ? [writes(STUCK)]
        : [writes([[` after ${passage.before.split(/\s/u).at(-1) ?? ''}`, 0.5]])],
  });
  return Object.assign(model, more);
}

/** The texts on the cards. */
export const textsOf = (session: DocumentSession) =>
  session.branches().map(({ tokens }) => tokens.map(({ text }) => text).join(''));

let folders = 0;

/** How many branches a batch has; undefined: as many as there are by default. */
export async function setBranches(count: number | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('variorum');
  await settings.update('branches', count, vscode.ConfigurationTarget.Global);
}

/** A draft in a folder of its own, with one branch of a model after it. */
export async function draftedWith(
  { models }: VariorumApi,
  model: LanguageModel,
  text = 'It rained.',
): Promise<vscode.TextEditor> {
  models.substitute(model);
  await setBranches(1);
  const editor = await openDraft(text, `forks-${Date.now()}-${folders++}/draft.md`);
  await vscode.commands.executeCommand('variorum.continue');
  return editor;
}
