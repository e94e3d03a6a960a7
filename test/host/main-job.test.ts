import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { scriptedModel, writes, type Part } from '../fixtures/scriptedModel';
import {
  attachedTexts,
  close,
  endless,
  numbered,
  openAt,
  openDraft,
  partsOf,
  sessionOf,
  setCaret,
  until,
  variorum,
} from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

describe('continue, choose, keep', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => api.models.substitute(numbered()));
  after(() => api.models.substitute(undefined));

  it('registers every command that the manifest contributes', async () => {
    const manifest = vscode.extensions.getExtension('variorum.variorum')?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    const known = await vscode.commands.getCommands(true);
    assert.deepEqual(
      contributed.filter((command) => !known.includes(command)),
      [],
    );
  });

  it('streams five branches into the tree and leaves caret and text alone', async () => {
    const editor = await openDraft('It rained.');
    const caret = editor.selection;
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    const branches = session.branches();
    assert.deepEqual(
      branches.map(({ tokens }) => tokens.map(({ text }) => text).join('')),
      [' one sure', ' two sure', ' three sure', ' four sure', ' five sure'],
    );
    assert.ok(branches.every(({ status }) => status === 'done'));
    assert.equal(editor.document.getText(), 'It rained.');
    assert.ok(editor.selection.isEqual(caret));
    assert.equal(session.journal.tree.batches().length, 1);
  });

  it('hands the model what stands before and after the place', async () => {
    const model = numbered();
    api.models.substitute(model);
    const editor = await openDraft('One. Two.', 'by-itself/draft.md');
    setCaret(editor, 4);
    await run('variorum.continue');
    const [request] = model.requests;
    assert.deepEqual(request?.passage, { before: 'One.', after: ' Two.' });
    assert.equal(request.options.n, 5);
  });

  it('continues from the end of a selection', async () => {
    const model = numbered();
    api.models.substitute(model);
    const editor = await openDraft('One. Two. Three.');
    const { document } = editor;
    editor.selection = new vscode.Selection(document.positionAt(9), document.positionAt(5));
    await run('variorum.continue');
    assert.equal(model.requests[0]?.passage.before, 'One. Two.');
    await run('variorum.insertBranch', { branch: 1 });
    assert.equal(document.getText(), 'One. Two. one sure Three.');
  });

  it('inserts, swaps and undoes in single steps, and colours stay true', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 2 });
    assert.equal(editor.document.getText(), 'It rained. two sure');
    assert.ok(editor.selection.isEmpty);
    assert.equal(editor.document.offsetAt(editor.selection.active), 19);
    const session = sessionOf(api, editor);
    assert.deepEqual(attachedTexts(session), [' two sure']);
    await run('variorum.insertBranch', { branch: 5 });
    assert.deepEqual(attachedTexts(session), [' five sure']);
    assert.equal(editor.document.getText(), 'It rained. five sure');
    await run('undo');
    assert.equal(editor.document.getText(), 'It rained. two sure');
    assert.deepEqual(attachedTexts(session), [' two sure']);
    await run('undo');
    assert.equal(editor.document.getText(), 'It rained.');
    assert.deepEqual(attachedTexts(session), []);
    await run('redo');
    assert.deepEqual(attachedTexts(session), [' two sure']);
  });

  it('inserts where it was asked for although the caret has moved and text came before', async () => {
    const editor = await openDraft('It rained. The end.');
    setCaret(editor, 10);
    await run('variorum.continue');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Once: '));
    setCaret(editor, 3);
    await run('variorum.insertBranch', { branch: 1 });
    assert.equal(editor.document.getText(), 'Once: It rained. one sure The end.');
  });

  it('begins a new choice at the caret once the writer has typed', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 1 });
    await run('type', { text: '!' });
    await run('variorum.insertBranch', { branch: 3 });
    assert.equal(editor.document.getText(), 'It rained. one sure! three sure');
    assert.deepEqual(attachedTexts(sessionOf(api, editor)), [' one sure', ' three sure']);
  });

  it('forks from the branch whose text the place follows', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 1 });
    await run('variorum.continue');
    const { tree } = sessionOf(api, editor).journal;
    const [first = '', second = ''] = tree.batches();
    const parent = tree.batch(first)[0];
    assert.deepEqual(
      tree.batch(second).map(({ parent: id, at }) => ({ id, at })),
      Array.from({ length: 5 }, () => ({ id: parent?.id, at: ' one sure'.length })),
    );
  });

  it('keeps what came when it is stopped', async () => {
    api.models.substitute(scriptedModel({ branches: [endless(' half a'), endless(' part')] }));
    const editor = await openDraft('It rained.');
    const done = run('variorum.continue');
    await until('text has come', () =>
      (api.sessions.get(editor.document)?.branches() ?? []).some(({ tokens }) => tokens.length > 0),
    );
    await run('variorum.stop');
    await done;
    const session = sessionOf(api, editor);
    assert.ok(session.branches().every(({ status }) => status === 'stopped'));
    await run('variorum.insertBranch', { branch: 1 });
    assert.equal(editor.document.getText(), 'It rained. half a');
  });

  it('a second Continue ends the first and keeps it', async () => {
    api.models.substitute(scriptedModel({ branches: [endless(' half')] }));
    const editor = await openDraft('It rained.');
    const first = run('variorum.continue');
    await until('it streams', () => api.sessions.get(editor.document)?.streaming === true);
    api.models.substitute(numbered());
    const ends: string[] = [];
    const listener = api.controller.onDidGrow(({ end }) => ends.push(...(end ? [end.status] : [])));
    await run('variorum.continue');
    await first;
    listener.dispose();
    // The end of the old branches must not land on the new cards.
    assert.deepEqual(ends, ['done', 'done', 'done', 'done', 'done']);
    const { tree } = sessionOf(api, editor).journal;
    const statuses = tree.batches().map((id) => tree.batch(id).map(({ status }) => status)[0]);
    assert.deepEqual(statuses, ['stopped', 'done']);
  });

  it('takes of a branch that still streams what has come, and swaps exactly that', async () => {
    let isTaken = false;
    const clock = {
      now: () => 0,
      // Goes on writing until the branch was taken, and then ends at once.
      sleep: (ms: number) => new Promise<void>((r) => setTimeout(r, isTaken ? 0 : ms)),
    };
    const words = Array.from({ length: 2000 }, (_, i): Part => [` w${i}`, 0.5]);
    const branches = [writes(words, { every: 25 }), writes(partsOf('short'))];
    api.models.substitute(scriptedModel({ branches, clock }));
    const editor = await openDraft('It rained. The end.');
    setCaret(editor, 10);
    const done = run('variorum.continue');
    await until('text has come', () => {
      const [branch] = api.sessions.get(editor.document)?.branches() ?? [];
      return (branch?.tokens.length ?? 0) > 5;
    });
    await run('variorum.insertBranch', { branch: 1 });
    const session = sessionOf(api, editor);
    assert.ok(session.streaming, 'it ended too soon to show anything');
    const inserted = editor.document.getText().slice(10, -' The end.'.length);
    assert.deepEqual(attachedTexts(session), [inserted]);
    isTaken = true;
    await done;
    await run('variorum.insertBranch', { branch: 2 });
    assert.equal(editor.document.getText(), 'It rained. short sure The end.');
  });

  it('shows why a branch failed, lets the others go on, and retries it alone', async () => {
    const error = {
      code: 'stream',
      message: 'The line went dead.',
      action: 'Try again.',
      retryable: true,
    } as const;
    let tries = 0;
    const model = scriptedModel({
      branches: ({ options }) =>
        options.n === 1
          ? [writes(partsOf(`again${tries++}`))]
          : [writes(partsOf('one')), [{ do: 'error', error }], writes(partsOf('three'))],
    });
    api.models.substitute(model);
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    assert.deepEqual(session.branches()[1]?.error, {
      message: 'The line went dead.',
      action: 'Try again.',
      retryable: true,
    });
    assert.equal(session.branches()[2]?.status, 'done');
    await session.retry(1);
    assert.equal(session.branch(1).text, ' again0 sure');
    assert.equal(session.branches().length, 5);
    assert.ok([...session.journal.tree.nodes()].some(({ status }) => status === 'failed'));
  });

  it('finds branches, colours and the place in the tree again when the draft is reopened', async () => {
    const editor = await openDraft('It rained.', 'reopened.md');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 4 });
    await run('type', { text: ' And' });
    await editor.document.save();
    const { uri } = editor.document;
    const before = sessionOf(api, editor);
    const tokens = before.branches().map((branch) => branch.tokens);
    await close(editor);
    const { document } = await openAt(uri);
    await until('the session is back', () => api.sessions.get(document)?.batch !== undefined);
    const session = await api.sessions.open(document);
    assert.notEqual(session, before);
    assert.deepEqual(attachedTexts(session), [' four sure']);
    const again = session.branches().map((branch) => branch.tokens);
    assert.equal(again.length, 5);
    for (const [i, branch] of again.entries()) {
      assert.deepEqual(
        branch.map(({ text }) => text),
        tokens[i]?.map(({ text }) => text),
      );
      const [was, is] = [tokens[i]?.at(-1)?.logprob ?? NaN, branch.at(-1)?.logprob ?? NaN];
      assert.ok(Math.abs(was - is) < 1e-5, `${was} became ${is}`);
    }
  });

  it('drops the colours of text that was changed outside, and keeps the rest', async () => {
    const editor = await openDraft('It rained.', 'outside.md');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 1 });
    await editor.document.save();
    const { uri } = editor.document;
    await close(editor);
    const changed = 'Before. It rained. nothing like it';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(changed));
    const { document } = await openAt(uri);
    assert.deepEqual(attachedTexts(await api.sessions.open(document)), []);
  });

  it('tells the alternatives of a token in a hover', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 1 });
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      new vscode.Position(0, 12),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n')
      .replaceAll('&nbsp;', ' ');
    assert.match(text, /40\.0%/);
    assert.match(text, /30\.0%.*other/);
    assert.match(text, /everything not listed/);
  });
});
