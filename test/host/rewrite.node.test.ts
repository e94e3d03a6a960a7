import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findDerailed } from '../../src/core/collapse/derailed';
import { readSubject } from '../../src/core/collapse/reading';
import { compareTexts, findModes } from '../../src/core/diversity/modes';
import type { VariorumApi } from '../../src/extension';
import { PASSAGE } from '../fixtures/collapsingServer';
import type { TestServer } from '../fixtures/testServer';
import { forgetAll } from './fakeServers';
import { AFTER, BEFORE, cardTexts, collapsedModel, draftWithPassage } from './rewriteSupport';
import { sessionOf, until, variorum } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`variorum.${command}`, ...args);

describe('rewriting with a model that has collapsed', () => {
  let api: VariorumApi;
  let server: TestServer;

  before(async () => {
    api = await variorum();
    server = await collapsedModel(api);
  });
  after(async () => {
    await forgetAll(api);
    await server.close();
  });

  it('gives five rewrites in four modes at least, none derailed, and shows what was thrown away', async () => {
    const editor = await draftWithPassage();
    const caret = editor.selection;
    await run('rewrite');
    const session = sessionOf(api, editor);
    const branches = session.branches();
    const texts = cardTexts(branches);
    assert.equal(branches.length, 5);
    assert.ok(branches.every(({ status }) => status === 'done'));
    assert.ok(findModes(compareTexts(texts)).length >= 4);
    assert.ok(texts.every((text) => findDerailed(readSubject({ text })).length === 0));
    assert.ok(branches.every(({ rewrite }) => rewrite?.strategy === 'in-context'));
    assert.ok(branches.some(({ rewrite }) => (rewrite?.attempts.length ?? 0) > 0));
    assert.equal(editor.document.getText(), BEFORE + PASSAGE + AFTER);
    assert.ok(editor.selection.isEqual(caret));
    await until('it was read', () => session.batch?.review?.rewritten?.effect !== undefined);
    const shown = api.controller.batch();
    assert.equal(shown.rewritten?.source, PASSAGE);
    assert.match(shown.rewritten.effect?.line ?? '', /about [45] ideas in 5 rewrites/);
    assert.match(shown.ideas?.line ?? '', /about [45] ideas/);
  });

  it('puts a chosen one in place of the passage, in one step', async () => {
    const editor = await draftWithPassage();
    const { document } = editor;
    await run('rewrite');
    const session = sessionOf(api, editor);
    const [first = '', second = ''] = cardTexts(session.branches());
    await run('insertBranch', { branch: 1 });
    assert.equal(document.getText(), BEFORE + first + AFTER);
    assert.equal(document.offsetAt(editor.selection.active), (BEFORE + first).length);
    await run('insertBranch', { branch: 2 });
    assert.equal(document.getText(), BEFORE + second + AFTER);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), BEFORE + first + AFTER);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), BEFORE + PASSAGE + AFTER);
    await run('insertBranch', { branch: 2 });
    assert.equal(document.getText(), BEFORE + second + AFTER);
  });
});
