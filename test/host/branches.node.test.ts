import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { scriptedModel, writes } from '../fixtures/scriptedModel';
import { attachedTexts, numbered, openDraft, sessionOf, until, variorum } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

const PARAGRAPHS = ' She left. He stayed, and said so.\n\nThe rain went on.';

/** One branch of two sentences and two paragraphs, a token for each word. */
function story() {
  const words = PARAGRAPHS.match(/\s*\S+/gu) ?? [];
  return scriptedModel({ branches: [writes(words.map((word) => [word, 0.5]))] });
}

function select(editor: vscode.TextEditor, start: number, end: number): void {
  const { document } = editor;
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
}

describe('what can be done with a branch', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => api.models.substitute(numbered()));
  after(() => api.models.substitute(undefined));

  it('takes word after word, sentence after sentence, one undo step each', async () => {
    api.models.substitute(story());
    const editor = await openDraft('It rained.');
    const text = () => editor.document.getText();
    await run('variorum.continue');
    await run('variorum.takeWord', { branch: 1 });
    assert.equal(text(), 'It rained. She');
    await run('variorum.takeWord');
    assert.equal(text(), 'It rained. She left.');
    await run('variorum.takeSentence');
    assert.equal(text(), 'It rained. She left. He stayed, and said so.');
    await run('variorum.takeParagraph');
    assert.equal(text(), `It rained.${PARAGRAPHS}`);
    assert.deepEqual(attachedTexts(sessionOf(api, editor)), [PARAGRAPHS]);
    await run('undo');
    assert.equal(text(), 'It rained. She left. He stayed, and said so.');
    assert.equal(attachedTexts(sessionOf(api, editor)).join(''), text().slice(10));
  });

  it('cuts a branch that is there whole back to its first paragraph', async () => {
    api.models.substitute(story());
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 1 });
    await run('variorum.takeParagraph');
    assert.equal(editor.document.getText(), 'It rained. She left. He stayed, and said so.');
  });

  it('replaces the selection, swaps in its place, and gives it back when undone', async () => {
    const editor = await openDraft('One. Two. Three.');
    const { document } = editor;
    select(editor, 4, 9);
    await run('variorum.continue');
    assert.ok(api.controller.batch().hasSelection);
    await run('variorum.replaceSelection', { branch: 1 });
    assert.equal(document.getText(), 'One. one sure Three.');
    await run('variorum.insertBranch', { branch: 2 });
    assert.equal(document.getText(), 'One. two sure Three.');
    await run('undo');
    await run('undo');
    assert.equal(document.getText(), 'One. Two. Three.');
    await run('variorum.insertBranch', { branch: 3 });
    assert.equal(document.getText(), 'One. Two. three sure Three.');
    await run('undo');
    await run('variorum.replaceSelection', { branch: 4 });
    assert.equal(document.getText(), 'One. four sure Three.');
  });

  it('replaces the selection where it stands after the writer typed before it', async () => {
    const editor = await openDraft('One. Two. Three.');
    select(editor, 4, 9);
    await run('variorum.continue');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Zero. '));
    await run('variorum.replaceSelection', { branch: 1 });
    assert.equal(editor.document.getText(), 'Zero. One. one sure Three.');
  });

  it('compares the draft with what it would be', async () => {
    const editor = await openDraft('It rained. The end.');
    select(editor, 10, 10);
    await run('variorum.continue');
    await run('variorum.compareBranch', { branch: 2 });
    const isDiff = () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
    await until('the comparison is shown', isDiff);
    const shown = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'variorum-branch',
    );
    assert.equal(shown?.getText(), 'It rained. two sure The end.');
    assert.equal(editor.document.getText(), 'It rained. The end.');
    await run('workbench.action.closeActiveEditor');
  });

  it('adds more branches to the batch; numbers go on, and the first ones stay', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    const before = session.branches().map(({ node }) => node);
    await run('variorum.more');
    const branches = session.branches();
    assert.deepEqual(
      branches.map(({ index }) => index),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    assert.deepEqual(
      branches.slice(0, 5).map(({ node }) => node),
      before,
    );
    assert.equal(session.journal.tree.batches().length, 1);
    await run('variorum.insertBranch', { branch: 7 });
    assert.equal(editor.document.getText(), 'It rained. two sure');
  });

  it('pushes apart: from other first words than the siblings have', async () => {
    const first = { ' one': 0.5, ' six': 0.2, ' Six': 0.1, ' two': 0.1, ' seven': 0.05 };
    api.models.substitute(
      scriptedModel({
        branches: ({ options, passage }) =>
          options.maxTokens === 1
            ? [writes([[' one', 0.5, first]])]
            : passage.before === 'It rained.'
              ? [writes([[' one', 0.5]]), writes([[' two', 0.1]])]
              : [writes([['…', 0.9]])],
      }),
    );
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('variorum.pushApart');
    const texts = sessionOf(api, editor)
      .branches()
      .slice(5)
      .map(({ tokens }) => tokens.map(({ text }) => text).join(''));
    assert.deepEqual(texts, [' six…', ' seven…', ' six…', ' seven…', ' six…']);
    assert.equal(api.controller.batch().spread, 'apart');
  });

  it('offers on the card what would mend a failure', async () => {
    const refusals = [
      ['unauthorized', 'key'],
      ['not-found', 'model'],
      ['stream', undefined],
    ] as const;
    for (const [code, fix] of refusals) {
      const refuse = { code, message: 'No.', action: 'Do something.', retryable: false };
      api.models.substitute(scriptedModel({ branches: [], refuse }));
      const editor = await openDraft('It rained.');
      await run('variorum.continue');
      const [branch] = sessionOf(api, editor).branches();
      assert.equal(branch?.status, 'failed');
      assert.equal(branch.error?.fix, fix);
    }
  });

  it('says how long a branch took, and what it used', async () => {
    const usage = { promptTokens: 3, completionTokens: 2, cost: 0.001 };
    const script = writes([[' a', 0.5]]);
    api.models.substitute(
      scriptedModel({
        branches: [script.map((step) => (step.do === 'end' ? { ...step, usage } : step))],
      }),
    );
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    const [branch] = sessionOf(api, editor).branches();
    assert.deepEqual(branch?.usage, usage);
    assert.ok(branch.seconds !== undefined && branch.seconds >= 0);
  });
});
