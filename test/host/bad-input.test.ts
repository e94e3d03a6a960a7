import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { BuiltIn } from '../../src/host/models/builtIn';
import { documentFolder } from '../../src/core/tree/documentFolder';
import {
  attachedTexts,
  close,
  numbered,
  openAt,
  openDraft,
  sessionOf,
  setCaret,
  until,
  variorum,
  workspace,
} from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

describe('bad input', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => api.models.substitute(numbered()));
  after(() => api.models.substitute(undefined));

  it('an empty document: Sketch begins a text', async () => {
    api.models.substitute(undefined);
    const editor = await openDraft('');
    await run('variorum.continue');
    const branches = sessionOf(api, editor).branches();
    assert.equal(branches.length, 5);
    assert.ok(branches.every(({ status, tokens }) => status === 'done' && tokens.length > 0));
  });

  it('no editor: says what to do, and nothing breaks', async () => {
    await run('workbench.action.closeAllEditors');
    await until('no editor', () => vscode.window.activeTextEditor === undefined);
    // The message waits for an answer; the command must not fail on the way to it.
    const outcome = await Promise.race([
      Promise.resolve(run('variorum.continue')).then(() => 'ended'),
      new Promise((resolve) => setTimeout(() => resolve('asking'), 500)),
    ]);
    assert.ok(outcome === 'asking' || outcome === 'ended');
    await run('notifications.clearAll');
  });

  it('CRLF: the branch gets the line ends of the document, and its colours hold', async () => {
    api.models.substitute(numbered(['one\n\nand']));
    const editor = await openDraft('It rained.\r\nHard.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 1 });
    assert.equal(editor.document.getText(), 'It rained.\r\nHard. one\r\n\r\nand sure');
    const session = sessionOf(api, editor);
    assert.deepEqual(attachedTexts(session), [' one\n\nand sure']);
    await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.LF));
    assert.deepEqual(attachedTexts(session), [' one\n\nand sure']);
    await run('undo');
    assert.deepEqual(attachedTexts(session), [' one\n\nand sure']);
    await run('undo');
    await run('undo');
    assert.equal(editor.document.getText().replaceAll('\r', ''), 'It rained.\nHard.');
    assert.deepEqual(attachedTexts(session), []);
  });

  it('emoji and combining marks at the cursor stay whole', async () => {
    const before = 'She waved 👩‍👩‍👧 cafe\u0301';
    const editor = await openDraft(`${before} 🎈`);
    setCaret(editor, before.length);
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 3 });
    assert.equal(editor.document.getText(), `${before} three sure 🎈`);
    assert.deepEqual(attachedTexts(sessionOf(api, editor)), [' three sure']);
  });

  it('several cursors: continues from the main one and says so', async () => {
    const editor = await openDraft('One.\nTwo.\nThree.');
    const at = (line: number) => new vscode.Selection(line, 4, line, 4);
    editor.selections = [at(1), at(0), at(2)];
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    assert.match(session.notices[0]?.message ?? '', /3 cursors.*line 2/);
    await run('variorum.insertBranch', { branch: 1 });
    assert.equal(editor.document.getText(), 'One.\nTwo. one sure\nThree.');
  });

  it('a draft of 5 MB', async function () {
    this.timeout(60_000);
    api.models.substitute(undefined);
    const editor = await openDraft('It rained on the ferry all day. '.repeat(165_000));
    assert.ok(editor.document.getText().length > 5_000_000);
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    assert.ok(session.branches().every(({ status }) => status === 'done'));
    await run('variorum.insertBranch', { branch: 1 });
    await run('type', { text: '!' });
    assert.deepEqual(attachedTexts(session), [session.branch(0).text]);
    await close(editor);
  });

  it('a read-only file: branches yes, insertion refused with a message, nothing lost', async () => {
    const files = vscode.workspace.registerFileSystemProvider('variorum-ro', new OneFile(), {
      isReadonly: true,
    });
    const editor = await openAt(vscode.Uri.parse('variorum-ro:/draft.md'));
    await run('variorum.continue');
    assert.equal(sessionOf(api, editor).branches().length, 5);
    await assert.rejects(api.controller.insert({ branch: 0 }), /cannot be edited/);
    assert.equal(editor.document.getText(), 'It rained.');
    assert.equal(sessionOf(api, editor).branch(0).text, ' one sure');
    await close(editor);
    files.dispose();
  });

  it('a virtual file: everything works, its tree is kept in the extension’s storage', async () => {
    const files = vscode.workspace.registerFileSystemProvider('variorum-mem', new OneFile());
    const editor = await openAt(vscode.Uri.parse('variorum-mem:/draft.md'));
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 2 });
    assert.equal(editor.document.getText(), 'It rained. two sure');
    assert.deepEqual(sessionOf(api, editor).notices, []);
    await close(editor);
    files.dispose();
  });

  it('an untitled draft', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: 'Hm.',
    });
    const editor = await vscode.window.showTextDocument(document);
    setCaret(editor, 3);
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 2 });
    assert.equal(document.getText(), 'Hm. two sure');
    await close(editor);
  });

  it('a damaged journal: the rest is read and the file is left as it is', async () => {
    const editor = await openDraft('It rained.', 'damaged.md');
    await run('variorum.continue');
    await sessionOf(api, editor).flush();
    const { uri } = editor.document;
    await close(editor);
    const folder = vscode.Uri.joinPath(workspace(), '.variorum', documentFolder('damaged.md'));
    const entries = await vscode.workspace.fs.readDirectory(folder);
    const name = entries.map(([entry]) => entry).find((entry) => entry.endsWith('.jsonl'));
    assert.ok(name);
    const file = vscode.Uri.joinPath(folder, name);
    const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(file)).split('\n');
    const damaged = new TextEncoder().encode(
      ['{"v":1,"wri', '\u0000\u0000', ...lines.slice(1)].join('\n'),
    );
    await vscode.workspace.fs.writeFile(file, damaged);
    const { document } = await openAt(uri);
    const session = await api.sessions.open(document);
    assert.equal(session.journal.problems.length, 2);
    assert.ok(session.journal.tree.size > 0);
    await run('variorum.continue');
    await session.flush();
    const now = await vscode.workspace.fs.readFile(file);
    assert.equal(new TextDecoder().decode(now), new TextDecoder().decode(damaged));
  });

  it('a missing asset: says so and works from the draft alone', async () => {
    const builtIn = new BuiltIn(vscode.Uri.joinPath(workspace(), 'no-such-extension'), api.parts);
    api.models.substitute(await builtIn.model());
    assert.match(builtIn.notice() ?? '', /Sketch/);
    const editor = await openDraft(
      `${'The rain fell on the town and the town slept. '.repeat(20)}The`,
    );
    await run('variorum.continue');
    assert.ok(
      sessionOf(api, editor)
        .branches()
        .every(({ status }) => status === 'done'),
    );
    const small = await openDraft('Hm.', 'short/draft.md');
    await run('variorum.continue');
    const [branch] = sessionOf(api, small).branches();
    assert.equal(branch?.status, 'failed');
    assert.match(`${branch.error?.message} ${branch.error?.action}`, /sample|install/i);
  });

  it('settings out of range end in a message on the cards', async () => {
    api.models.substitute(undefined);
    const settings = vscode.workspace.getConfiguration('variorum');
    await settings.update('temperature', -3, vscode.ConfigurationTarget.Workspace);
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await settings.update('temperature', undefined, vscode.ConfigurationTarget.Workspace);
    const [branch] = sessionOf(api, editor).branches();
    assert.match(branch?.error?.message ?? '', /temperature is -3/);
  });
});

/** A file system of one file. */
class OneFile implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #content = new TextEncoder().encode('It rained.');

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const type = uri.path === '/draft.md' ? vscode.FileType.File : vscode.FileType.Directory;
    return { type, ctime: 0, mtime: 0, size: this.#content.length };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [['draft.md', vscode.FileType.File]];
  }

  readFile(): Uint8Array {
    return this.#content;
  }

  writeFile(_uri: vscode.Uri, content: Uint8Array): void {
    this.#content = new Uint8Array(content);
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
