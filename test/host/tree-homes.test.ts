import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { documentFolder } from '../../src/core/tree/documentFolder';
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

async function filesOf(path: string): Promise<string[]> {
  const folder = vscode.Uri.joinPath(workspace(), '.variorum', documentFolder(path));
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
  } catch {
    return [];
  }
}

describe('trees and their documents', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
    await api.tree.feature();
  });
  beforeEach(() => api.models.substitute(numbered()));
  after(() => api.models.substitute(undefined));

  const nodesAt = (uri: vscode.Uri): number => {
    const document = vscode.workspace.textDocuments.find(
      (each) => each.uri.toString() === uri.toString(),
    );
    return (document && api.sessions.get(document)?.journal.tree.size) ?? 0;
  };

  it('a renamed document takes its tree along, and colours with it', async () => {
    const editor = await openDraft('It rained.', 'renamed-before.md');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 2 });
    await editor.document.save();
    const { uri } = editor.document;
    const target = vscode.Uri.joinPath(workspace(), 'renamed-after.md');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, target);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const again = await openAt(target);
    await until('the tree is there', () => nodesAt(target) >= 6);
    await until('the colours are there', () => {
      const { attachments } = sessionOf(api, again).draft.state;
      return attachments.length === 1;
    });
    assert.deepEqual(await filesOf('renamed-before.md'), []);
    await run('variorum.continue');
    assert.ok(nodesAt(target) >= 11);
  });

  it('a renamed folder takes all of its trees along', async () => {
    const editor = await openDraft('It rained.', 'old-chapters/one.md');
    await run('variorum.continue');
    await editor.document.save();
    await close(editor);
    const from = vscode.Uri.joinPath(workspace(), 'old-chapters');
    const to = vscode.Uri.joinPath(workspace(), 'new-chapters');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await openAt(vscode.Uri.joinPath(to, 'one.md'));
    await until('the tree is there', () => nodesAt(vscode.Uri.joinPath(to, 'one.md')) >= 6);
  });

  it('an untitled draft keeps its tree when it is saved', async () => {
    const target = vscode.Uri.joinPath(workspace(), 'first-saved.md');
    const untitled = target.with({ scheme: 'untitled' });
    const document = await vscode.workspace.openTextDocument(untitled);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'It rained all day.'));
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 3 });
    assert.deepEqual(await filesOf('first-saved.md'), []);
    assert.ok(await document.save());
    await openAt(target);
    await until('the tree has moved', () => nodesAt(target) >= 6, 15_000);
    await until('its files too', () => document.isClosed);
    assert.ok((await filesOf('first-saved.md')).length > 0);
  });

  it('a deleted document leaves its tree, which another can be given', async () => {
    const editor = await openDraft('It rained for a year.', 'lost.md');
    await run('variorum.continue');
    await editor.document.save();
    const { uri } = editor.document;
    await close(editor);
    await vscode.workspace.fs.delete(uri);
    assert.ok((await filesOf('lost.md')).length > 0);
    const found = await openDraft('It rained for a year.', 'found.md');
    const pending = run('variorum.findOrphanedTrees');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await pending;
    assert.ok(nodesAt(found.document.uri) >= 6);
    assert.deepEqual(await filesOf('lost.md'), []);
  });

  it('a place that cannot be written: one notice, and all of it is written later', async () => {
    const editor = await openDraft('It rained.', 'blocked.md');
    const session = await api.sessions.open(editor.document);
    const folder = vscode.Uri.joinPath(workspace(), '.variorum', documentFolder('blocked.md'));
    await vscode.workspace.fs.writeFile(folder, new Uint8Array());
    await run('variorum.continue');
    await run('type', { text: ' Mine.' });
    await editor.document.save();
    await until('the writer is told', () => session.notices.length > 0);
    assert.match(session.notices.at(-1)?.message ?? '', /could not be written/);
    assert.equal(session.notices.filter(({ severity }) => severity === 'warning').length, 1);
    const { size } = session.journal.tree;
    assert.equal(size, 7);
    await vscode.workspace.fs.delete(folder);
    await session.flush();
    assert.equal(session.journal.pending, 0);
    const again = await api.sessions.reopen(editor.document);
    assert.equal(again.journal.tree.size, size);
    assert.equal(again.keeper.versions.list().length, 2);
  });
});
