import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findDerailed } from '../../src/core/collapse/derailed';
import { readSubject } from '../../src/core/collapse/reading';
import { compareTexts, findModes } from '../../src/core/diversity/modes';
import type { VariorumApi } from '../../src/extension';
import { PASSAGE, saidIn } from '../fixtures/collapsingServer';
import type { TestServer } from '../fixtures/testServer';
import { forgetAll } from './fakeServers';
import { setBranches } from './forkSupport';
import {
  AFTER,
  BEFORE,
  cardTexts,
  collapsedModel,
  draftWithPassage,
  saidOf,
  select,
} from './rewriteSupport';
import {
  close,
  numbered,
  openAt,
  openDraft,
  sessionOf,
  setCaret,
  until,
  variorum,
} from './support';

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

  it('is applied from a comparison, and the original stays in the tree', async () => {
    const editor = await draftWithPassage();
    const { document } = editor;
    await run('rewrite');
    const session = sessionOf(api, editor);
    const [, second = ''] = cardTexts(session.branches());
    await run('compareBranch', { branch: 2 });
    const input = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    await until('the comparison is in front', () => input() instanceof vscode.TabInputTextDiff);
    const diff = input();
    assert.ok(diff instanceof vscode.TabInputTextDiff);
    const compared = await vscode.workspace.openTextDocument(diff.modified);
    assert.equal(compared.getText(), BEFORE + second + AFTER);
    assert.equal(document.getText(), BEFORE + PASSAGE + AFTER);
    await run('applyCompared');
    assert.equal(document.getText(), BEFORE + second + AFTER);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    const { tree } = session.journal;
    const node = tree.node(session.branch(1).node);
    const parent = tree.node(node?.parent ?? '');
    assert.ok(parent?.text.slice(node?.at).startsWith(PASSAGE));
    assert.ok(node?.source.kind === 'model' && node.source.strategy === 'rewrite:in-context');
    const standing = session.draft.state.attachments.find((each) => each.node === node.id);
    assert.equal(session.draft.text.slice(standing?.start, standing?.end), second);
    await assert.rejects(api.controller.applyCompared(), /comparison/);
  });

  it('each selection gets its own batch, each applied in its own place', async () => {
    const editor = await draftWithPassage();
    const { document } = editor;
    const other = document.getText().indexOf('Nobody came');
    select(editor, BEFORE.length, BEFORE.length + PASSAGE.length, other, document.getText().length);
    await run('rewrite');
    const session = sessionOf(api, editor);
    assert.match(session.notices[0]?.message ?? '', /There are 2 passages/);
    const [first = ''] = cardTexts(session.branches());
    await run('insertBranch', { branch: 1 });
    await run('nextBatch');
    assert.match(session.notices[0]?.message ?? '', /passage 2 of 2/);
    assert.equal(session.batch?.source, 'Nobody came to the door after that.');
    const [, second = ''] = cardTexts(session.branches());
    await run('insertBranch', { branch: 2 });
    assert.equal(document.getText(), `${BEFORE}${first}\n\n${second}\n`);
    await run('previousBatch');
    const [, swapped = ''] = cardTexts(session.branches());
    await run('insertBranch', { branch: 2 });
    assert.equal(document.getText(), `${BEFORE}${swapped}\n\n${second}\n`);
  });

  it('without a selection it is the sentence at the cursor', async () => {
    const editor = await draftWithPassage();
    setCaret(editor, BEFORE.length + 3);
    await run('rewrite');
    assert.equal(sessionOf(api, editor).batch?.source, 'Mara came home late.');
  });

  it('follows its passage through edits, and does not touch what was typed beside it', async () => {
    const editor = await draftWithPassage();
    const { document } = editor;
    const rewriting = run('rewrite');
    await until('it was asked', () => api.controller.session?.batch?.source === PASSAGE);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'Zero. ');
      edit.insert(document.positionAt((BEFORE + PASSAGE).length), ' More.');
    });
    await rewriting;
    const [first = ''] = cardTexts(sessionOf(api, editor).branches());
    await run('insertBranch', { branch: 1 });
    assert.equal(document.getText(), `Zero. ${BEFORE}${first} More.${AFTER}`);
  });

  it('more and push apart give others than are there, and again gives another one', async () => {
    const editor = await draftWithPassage();
    await setBranches(2);
    try {
      await run('rewrite');
      const session = sessionOf(api, editor);
      await run('more');
      const four = cardTexts(session.branches());
      assert.equal(four.length, 4);
      assert.equal(new Set(four).size, 4);
      await api.controller.act({ kind: 'retry', branch: 1 });
      const again = cardTexts(session.branches());
      assert.equal(again.length, 4);
      assert.ok(!four.includes(again[1] ?? ''));
      assert.match(saidOf(server), new RegExp((four[1] ?? '').slice(0, 30), 'u'));
      assert.equal(session.journal.tree.batch(session.batch?.id ?? '').length, 5);
    } finally {
      await setBranches(undefined);
    }
  });

  it('are found again after the draft was closed: text, strategy, tries, passage; and applied', async () => {
    const editor = await draftWithPassage();
    await run('rewrite');
    const before = sessionOf(api, editor).branches();
    await editor.document.save();
    const { uri } = editor.document;
    await close(editor);
    const again = await openAt(uri);
    await until('its tree is open', () => api.sessions.get(again.document) !== undefined);
    const session = sessionOf(api, again);
    const [batch] = session.journal.tree.batches().slice(-1);
    await session.show(batch ?? '');
    assert.deepEqual(
      session.branches().map(({ rewrite }) => rewrite),
      before.map(({ rewrite }) => rewrite),
    );
    assert.equal(session.batch?.source, PASSAGE);
    const [first = '', second = ''] = cardTexts(session.branches());
    await run('insertBranch', { branch: 1 });
    assert.equal(again.document.getText(), BEFORE + first + AFTER);
    // A choice once the writer went on takes the place of the one that stands there.
    await again.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Zero. '));
    await run('insertBranch', { branch: 2 });
    assert.equal(again.document.getText(), `Zero. ${BEFORE}${second}${AFTER}`);
    await again.edit((edit) => {
      const at = again.document.getText().indexOf(second) + 5;
      edit.insert(again.document.positionAt(at), ' truly');
    });
    await assert.rejects(api.controller.insert({ branch: 0 }), /no longer stands/);
  });

  it('other ways to say what a card says stand beside it, and go where it would', async () => {
    const editor = await draftWithPassage();
    const { document } = editor;
    setCaret(editor, BEFORE.length - 2);
    api.models.substitute(numbered());
    await run('continue');
    api.models.substitute(undefined);
    const session = sessionOf(api, editor);
    const { node } = session.branch(0);
    await api.controller.act({ kind: 'rewrite', branch: 0 });
    assert.equal(session.batch?.source, 'one sure');
    const texts = cardTexts(session.branches());
    assert.ok(texts.every((text) => text.startsWith(' ')));
    const { tree } = session.journal;
    const [old, made] = [tree.node(node), tree.node(session.branch(0).node)];
    assert.deepEqual([made?.parent, made?.at], [old?.parent, old?.at]);
    await run('insertBranch', { branch: 1 });
    assert.equal(
      document.getText(),
      BEFORE.trimEnd() + (texts[0] ?? '') + '\n\n' + PASSAGE + AFTER,
    );
  });

  it('the light bulb of a selection in prose offers it, and one in code does not', async () => {
    const editor = await draftWithPassage();
    const offered = async ({ document, selection }: vscode.TextEditor) =>
      (
        await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          selection,
          vscode.CodeActionKind.RefactorRewrite.value,
        )
      ).filter(({ command }) => command?.command === 'variorum.rewrite');
    assert.equal((await offered(editor)).length, 1);
    const code = await openDraft('rain = 1 + 1', `code-${Date.now()}/rain.py`);
    select(code, 0, 10);
    assert.deepEqual(await offered(code), []);
  });

  it('a finding’s quick fix rewrites its sentence without the phrase', async () => {
    const canned = 'She spoke, her voice barely above a whisper, and left.';
    const editor = await openDraft(`${BEFORE}It rained. ${canned} He stayed.`);
    await run('checkDocument');
    const { document } = editor;
    const found = () =>
      vscode.languages.getDiagnostics(document.uri).find(({ range }) => {
        return document.getText(range).includes('barely above a whisper');
      });
    await until('the phrase is found', () => found() !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found()?.range,
    );
    const fix = actions.find(({ title }) => title.startsWith('Rewrite the Sentence Without'));
    assert.ok(fix?.command);
    const asked = server.received.length;
    await vscode.commands.executeCommand(
      fix.command.command,
      ...(fix.command.arguments as unknown[]),
    );
    assert.equal(sessionOf(api, editor).batch?.source, canned);
    const first = server.received[asked];
    assert.ok(first);
    assert.match(saidIn(first), /None of these may stand in it[^]*barely above a whisper/u);
    await run('clearFindings');
  });

  it('the prompt that is shown is what was sent', async () => {
    const editor = await draftWithPassage();
    const asked = server.received.length;
    const settings = vscode.workspace.getConfiguration('variorum');
    const { Global } = vscode.ConfigurationTarget;
    // What other tests have typed counts as the writer's, too.
    await settings.update('exemplars.exclude', ['*'], Global);
    try {
      await run('rewrite');
      assert.ok(sessionOf(api, editor).notices.some(({ fix }) => fix === 'own-writing'));
      await run('showRewritePrompt');
    } finally {
      await settings.update('exemplars.exclude', undefined, Global);
    }
    const front = () => vscode.window.activeTextEditor?.document;
    await until('it is shown', () => front()?.uri.scheme === 'variorum-rewrite-prompt');
    const { messages } = server.received[asked]?.body as { messages: { content: string }[] };
    const text = front()?.getText() ?? '';
    assert.ok(messages.length >= 2);
    for (const { content } of messages) {
      assert.ok(text.includes(content), content);
    }
    assert.match(text, /Zero-shot/);
  });
});
