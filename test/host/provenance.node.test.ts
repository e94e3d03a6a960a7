import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ProvenanceJson } from '../../src/core/provenance/json';
import type { VariorumApi } from '../../src/extension';
import {
  close,
  numbered,
  openAt,
  openDraft,
  sessionOf,
  until,
  variorum,
  workspace,
} from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

/** Types as a person does: letter by letter, at the caret. */
async function type(text: string): Promise<void> {
  for (const letter of text) {
    await run('type', { text: letter });
  }
}

/** The exported provenance of the document in front, as `kind: first words`. */
async function exported(uri: vscode.Uri): Promise<{ json: ProvenanceJson; kinds: string[] }> {
  await openAt(uri);
  await run('variorum.exportProvenance');
  const isJson = () => vscode.window.activeTextEditor?.document.languageId === 'json';
  await until('the export is shown', isJson);
  const text = vscode.window.activeTextEditor?.document.getText() ?? '';
  await run('workbench.action.revertAndCloseActiveEditor');
  const json = JSON.parse(text) as ProvenanceJson;
  return { json, kinds: json.stretches.map(({ kind, begins }) => `${kind}: ${begins.trim()}`) };
}

describe('provenance', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => api.models.substitute(numbered()));
  after(() => api.models.substitute(undefined));

  it('tells what was typed, inserted and there before, and still does after reopening', async () => {
    const editor = await openDraft('There before.');
    const { uri } = editor.document;
    await type(' Typed here by hand.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 2 });
    await type(' And more.');
    const expected = [
      'unknown: There before.',
      'human: Typed here by hand.',
      'model: two sure',
      'human: And more.',
    ];
    const first = await exported(uri);
    assert.deepEqual(first.kinds, expected);
    const [, , model] = first.json.stretches;
    assert.equal(model?.model, 'scripted');
    assert.match(model.created ?? '', /^\d{4}-\d\d-\d\dT/u);
    const again = await openAt(uri);
    await again.document.save();
    await close(again);
    const reopened = await openAt(uri);
    await until('it is followed', () => api.sessions.get(reopened.document) !== undefined);
    assert.deepEqual((await exported(uri)).kinds, expected);
    // Letter by letter on a slow machine takes its time.
  }).timeout(60_000);

  it('reads nothing for a file that is only looked at, and knows its first letter', async () => {
    const editor = await openDraft('There before. ');
    const { document } = editor;
    const other = await openDraft('Another.');
    await openAt(document.uri);
    assert.equal(api.sessions.get(document), undefined);
    assert.equal(api.sessions.get(other.document), undefined);
    await type('I');
    await until('it is followed', () => api.sessions.get(document) !== undefined);
    assert.deepEqual((await exported(document.uri)).kinds, ['unknown: There before.', 'human: I']);
  });

  it('takes a paste for unknown, and what was cut for what it was', async () => {
    const editor = await openDraft('Old. ');
    const { document } = editor;
    await type('Mine is this sentence.');
    const end = document.positionAt(document.getText().length);
    const paste = ' Pasted from another book.';
    await editor.edit((edit) => edit.insert(end, paste));
    const mine = new vscode.Range(document.positionAt(5), document.positionAt(27));
    await editor.edit((edit) => edit.delete(mine));
    await editor.edit((edit) => edit.insert(document.positionAt(0), 'Mine is this sentence.'));
    assert.deepEqual((await exported(document.uri)).kinds, [
      'human: Mine is this sentence.',
      'unknown: Old.  Pasted from another book.',
    ]);
  });

  it('counts files that the writer names as theirs as human', async () => {
    const editor = await openDraft('There before.', 'own-writing.md');
    const settings = vscode.workspace.getConfiguration('variorum');
    const { uri } = editor.document;
    assert.deepEqual((await exported(uri)).kinds, ['unknown: There before.']);
    await settings.update('myWriting', ['own-*.md'], vscode.ConfigurationTarget.Workspace);
    try {
      const { json, kinds } = await exported(uri);
      assert.deepEqual(kinds, ['human: There before.']);
      assert.deepEqual(json.share, { human: 1, model: 0, unknown: 0 });
    } finally {
      await settings.update('myWriting', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('shows and hides marks, and writes nothing for a draft without a tree', async () => {
    const editor = await openDraft('There before.');
    await run('variorum.showProvenance');
    await type(' x');
    await run('variorum.showProvenance');
    await editor.document.save();
    assert.equal(sessionOf(api, editor).journal.tree.size, 0);
    assert.equal(editor.document.getText(), 'There before. x');
  });

  it('gathers the human prose of the workspace for Sketch, never model text', async () => {
    const settings = vscode.workspace.getConfiguration('variorum');
    await settings.update('myWriting', ['mine'], vscode.ConfigurationTarget.Workspace);
    try {
      const write = (name: string, content: string | Uint8Array) =>
        vscode.workspace.fs.writeFile(
          vscode.Uri.joinPath(workspace(), 'mine', name),
          typeof content === 'string' ? new TextEncoder().encode(content) : content,
        );
      await write('old.md', 'An old story of mine.\r\n\r\nIts second paragraph.');
      await write('picture.bin', Uint8Array.of(0xff, 0xfe, 0, 1));
      await write('empty.md', '');
      const story = await openDraft('Begun by me.', 'mine/story.md');
      const { uri } = story.document;
      await run('variorum.continue');
      await run('variorum.insertBranch', { branch: 2 });
      await type('\n\nAnd by me again.');
      await story.document.save();
      const draft = await openDraft('The draft in hand.', 'mine/draft.md');
      const gather = async () => {
        const texts = await api.humanProse.gather(draft.document, new AbortController().signal);
        return texts.filter((text) => /old story|by me/u.test(text)).sort();
      };
      const expected = ['An old story of mine.\n\nIts second paragraph.', 'And by me again.'];
      assert.deepEqual(await gather(), expected);
      await close(await openAt(uri));
      assert.deepEqual(await gather(), expected);
    } finally {
      await settings.update('myWriting', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
