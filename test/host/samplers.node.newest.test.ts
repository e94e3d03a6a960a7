import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { scriptedModel, writes } from '../fixtures/scriptedModel';
import { openDraft, sessionOf, until, variorum } from './support';

const run = (command: string) => vscode.commands.executeCommand(command);
const yes = { value: 'yes', evidence: 'The script says so.' } as const;
const no = { value: 'no', evidence: 'The script says so.' } as const;

function setting(name: string, value: unknown): Thenable<void> {
  const { Global } = vscode.ConfigurationTarget;
  return vscode.workspace.getConfiguration('variorum').update(name, value, Global);
}

describe('samplers, and branches by their first words', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  afterEach(async () => {
    api.models.substitute(undefined);
    await setting('samplers', undefined);
    await setting('openings', undefined);
    await run('workbench.action.closeQuickOpen');
  });

  it('what is set goes to the model, and Show Prompt shows it', async () => {
    const model = scriptedModel({ branches: [writes([[' one', 0.5]])] });
    api.models.substitute(model);
    await setting('samplers', { topK: 7, presencePenalty: 0.5, unheardOf: 3 });
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    const asked = model.requests[0]?.options;
    assert.equal(asked?.topK, 7);
    assert.equal(asked.presencePenalty, 0.5);
    assert.ok(!('unheardOf' in asked));
    const [branch] = sessionOf(api, editor).branches();
    const node = branch && sessionOf(api, editor).journal.tree.node(branch.node);
    assert.deepEqual(node?.asked?.samplers, { topK: 7, presencePenalty: 0.5 });
    await run('variorum.showPrompt');
    const front = () => vscode.window.activeTextEditor?.document;
    await until('the prompt is shown', () => front()?.uri.scheme === 'variorum-prompt');
    assert.match(front()?.getText() ?? '', /"topK": 7/);
  });

  it('the list of what the model takes ends with the way back, all from the keyboard', async () => {
    api.models.substitute(
      scriptedModel({ branches: [], capabilities: { samplers: { topK: yes, minP: no } } }),
    );
    await setting('samplers', { topK: 7 });
    const kept = () => vscode.workspace.getConfiguration('variorum').get('samplers');
    const done = run('variorum.adjustSamplers');
    await new Promise((resolve) => setTimeout(resolve, 500));
    // From the first line up is the last one: Reset all.
    await run('workbench.action.quickOpenSelectPrevious');
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await until('it is taken back', () => Object.keys(kept() ?? {}).length === 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await run('workbench.action.closeQuickOpen');
    await done;
  });

  it('continues from different first words, and the cards say how probable each was', async () => {
    const first = { ' she': 0.5, ' She': 0.2, ' he': 0.1, ' the': 0.03 };
    api.models.substitute(
      scriptedModel({
        branches: ({ options }) =>
          options.maxTokens === 1 ? [writes([[' she', 0.5, first]])] : [writes([['…', 0.9]])],
      }),
    );
    const editor = await openDraft('It rained.');
    await run('variorum.continueFanned');
    const session = sessionOf(api, editor);
    const forks = session.branches().map(({ fork }) => fork);
    assert.deepEqual(
      forks.slice(0, 3).map((fork) => [fork?.kind, fork?.text, fork?.instead]),
      [
        ['opening', ' she', ' she'],
        ['opening', ' he', ' she'],
        ['opening', ' the', ' she'],
      ],
    );
    assert.equal(Math.exp(forks[2]?.logprob ?? 0).toFixed(2), '0.03');
    assert.deepEqual(api.controller.batch().notices, []);
  });

  it('says so where a model cannot be made to begin with a word', async () => {
    api.models.substitute(
      scriptedModel({
        branches: [writes([[' one', 'unsupported']])],
        capabilities: { logprobs: { ...no, semantics: 'unknown' } },
      }),
    );
    await openDraft('It rained.');
    await run('variorum.continueFanned');
    const { notices } = api.controller.batch();
    assert.match(notices.map(({ message }) => message).join(' '), /told instead how the others/);
  });
});
