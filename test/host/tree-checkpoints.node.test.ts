import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { textOf } from '../../src/core/tree/version';
import type { VariorumApi } from '../../src/extension';
import type { DocumentSession } from '../../src/host/documentSession';
import { close, numbered, openAt, openDraft, sessionOf, until, variorum } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

/** The writer's own nodes, as `parent's text@at: text`. */
function own({ journal: { tree } }: DocumentSession): string[] {
  return [...tree.nodes()]
    .filter(({ source }) => source.kind !== 'model')
    .sort((a, b) => a.created - b.created || a.index - b.index)
    .map(({ parent, at, text }) => {
      const fork = parent === null ? 'document' : (tree.node(parent)?.text ?? '');
      return `${fork}@${at}: ${text}`;
    });
}

/** The texts of all versions, oldest first. */
function versions({ keeper, journal: { tree } }: DocumentSession): (string | undefined)[] {
  return keeper.versions.list().map(({ id }) => {
    const pieces = keeper.versions.version(id);
    return pieces && textOf(pieces, (node) => tree.node(node)?.text);
  });
}

describe('checkpoints of the writer’s own edits', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => api.models.substitute(numbered()));
  after(() => api.models.substitute(undefined));

  it('are made at generate, at insert and at save, and never between', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    assert.deepEqual(own(session), ['document@0: It rained.']);
    await run('variorum.insertBranch', { branch: 2 });
    await run('type', { text: ' And' });
    await run('type', { text: ' so' });
    assert.equal(own(session).length, 1, 'typing alone makes no node');
    await editor.document.save();
    await until('saving makes a checkpoint', () => own(session).length === 2);
    await run('type', { text: ' on.' });
    await run('variorum.continue');
    await run('type', { text: ' Now' });
    await run('variorum.insertBranch', { branch: 1 });
    assert.deepEqual(own(session), [
      'document@0: It rained.',
      ' two sure@9:  And so',
      ' And so@7:  on.',
      ' on.@4:  Now',
    ]);
    assert.deepEqual(versions(session), [
      'It rained.',
      'It rained. two sure And so',
      'It rained. two sure And so on.',
      'It rained. two sure And so on. Now',
    ]);
    assert.equal(session.journal.tree.batches().length, 2, 'checkpoints are no batches');
  });

  it('make branches fork from what the writer typed', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('type', { text: ' Mine.' });
    await run('variorum.continue');
    const { tree } = sessionOf(api, editor).journal;
    const [branch] = tree.batch(tree.batches().at(-1) ?? '');
    assert.equal(tree.node(branch?.parent ?? '')?.text, ' Mine.');
    assert.equal(branch?.at, 6);
  });

  it('go on after the draft was closed, and see what was changed outside', async () => {
    const editor = await openDraft('It rained all day.\nShe waited.\n', 'checkpoints-outside.md');
    const { uri } = editor.document;
    await run('variorum.continue');
    await editor.document.save();
    await close(editor);
    const text = 'It rained all night.\nShe waited.\nFor long.\n';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const again = await openAt(uri);
    const session = await api.sessions.open(again.document);
    await run('variorum.continue');
    assert.deepEqual(versions(session), ['It rained all day.\nShe waited.\n', text]);
    const [, ...later] = own(session);
    assert.match(later[0] ?? '', /: night$/u);
    assert.equal(later.length, 2, 'only what changed was stored');
  });

  it('make no node for what was typed and taken back', async () => {
    const editor = await openDraft('It rained.');
    await run('variorum.continue');
    await run('type', { text: ' x' });
    await run('undo');
    await editor.document.save();
    await run('variorum.continue');
    assert.equal(own(sessionOf(api, editor)).length, 1);
  });
});
