import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MARKS } from '../../src/core/tree/marks';
import type { NodeId } from '../../src/core/tree/node';
import type { VariorumApi } from '../../src/extension';
import type { DocumentSession } from '../../src/host/documentSession';
import type { Element } from '../../src/host/tree/element';
import type { TreeFeature } from '../../src/host/tree/treeFeature';
import {
  attachedTexts,
  numbered,
  openDraft,
  sessionOf,
  setCaret,
  until,
  variorum,
} from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

/** The id of the node with a text. */
function idOf({ journal: { tree } }: DocumentSession, text: string): NodeId {
  const node = [...tree.nodes()].find((each) => each.text === text);
  assert.ok(node, `no node says "${text}"`);
  return node.id;
}

const element = (session: DocumentSession, text: string): Element => `n:${idOf(session, text)}`;

describe('the Tree view', () => {
  let api: VariorumApi;
  let feature: TreeFeature;

  /** The texts of the children of an element, as the view has them. */
  const below = (of?: Element): string[] =>
    feature.provider
      .getChildren(of)
      .map((each) => feature.provider.getTreeItem(each).label as string);

  /** A draft that was continued; the view shows its tree. */
  async function continued(text = 'It rained. The end.', at = 10) {
    const editor = await openDraft(text);
    setCaret(editor, at);
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    await until('its tree is shown', () => feature.provider.session === session);
    return { editor, session };
  }

  before(async () => {
    api = await variorum();
    feature = await api.tree.feature();
  });
  beforeEach(() => api.models.substitute(numbered()));
  after(() => api.models.substitute(undefined));

  it('holds the draft, and below it the branches', async () => {
    const { session } = await continued();
    assert.deepEqual(below(), ['It rained. The end.']);
    assert.deepEqual(below(element(session, 'It rained. The end.')), [
      'one sure',
      'two sure',
      'three sure',
      'four sure',
      'five sure',
    ]);
    const item = feature.provider.getTreeItem(element(session, ' two sure'));
    assert.match(item.accessibilityInformation?.label ?? '', /two sure.*#2.*scripted/);
    assert.match(item.contextValue ?? '', /node model.*forked/);
  });

  it('checks a path out as one undoable edit, with its colours', async () => {
    const { editor, session } = await continued();
    await run('variorum.insertBranch', { branch: 1 });
    await run('type', { text: ' Mine.' });
    await run('variorum.checkOutPath', element(session, ' three sure'));
    assert.equal(editor.document.getText(), 'It rained. three sure The end.');
    assert.deepEqual(attachedTexts(session), [' three sure']);
    const [stretch] = session.draft.state.attachments;
    assert.ok(session.tokensOf(stretch?.node ?? ''), 'no tokens to colour it with');
    await run('undo');
    assert.equal(editor.document.getText(), 'It rained. one sure Mine. The end.');
    assert.deepEqual(attachedTexts(session), [' one sure']);
    await run('variorum.checkOutPath', element(session, ' Mine.'));
    assert.equal(editor.document.getText(), 'It rained. one sure Mine. The end.');
    const before = session.journal.tree.size;
    await run('variorum.checkOutPath', element(session, ' two sure'));
    await run('variorum.checkOutPath', element(session, ' Mine.'));
    assert.equal(editor.document.getText(), 'It rained. one sure Mine. The end.');
    assert.equal(session.journal.tree.size, before, 'going to and fro makes no nodes');
  });

  it('checks out in a document with CRLF line ends', async () => {
    api.models.substitute(numbered(['one\n\nand', 'two\n\nand']));
    const { editor, session } = await continued('It rained.\r\nThe end.\r\n', 10);
    await run('variorum.insertBranch', { branch: 1 });
    await run('variorum.checkOutPath', element(session, ' two\n\nand sure'));
    assert.equal(editor.document.getText(), 'It rained. two\r\n\r\nand sure\r\nThe end.\r\n');
    assert.deepEqual(attachedTexts(session), [' two\n\nand sure']);
  });

  it('goes back to a checkpoint, and that can be undone', async () => {
    const { editor, session } = await continued();
    await run('variorum.insertBranch', { branch: 1 });
    await run('type', { text: ' Mine.' });
    const pending = run('variorum.goBackToCheckpoint');
    await new Promise((resolve) => setTimeout(resolve, 500));
    // The latest is the draft as it is; the one before it is what it was before anything.
    await run('workbench.action.quickOpenSelectNext');
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await pending;
    assert.equal(editor.document.getText(), 'It rained. The end.');
    await run('undo');
    assert.equal(editor.document.getText(), 'It rained. one sure Mine. The end.');
    assert.deepEqual(attachedTexts(session), [' one sure']);
  });

  it('prunes and restores, and shows what was pruned on demand', async () => {
    const { session } = await continued();
    const root = element(session, 'It rained. The end.');
    const [two, four] = [element(session, ' two sure'), element(session, ' four sure')];
    await run('variorum.pruneNode', two, [two, four]);
    assert.deepEqual(below(root), ['one sure', 'three sure', 'five sure']);
    await run('variorum.showPruned');
    assert.equal(below(root).length, 5);
    assert.match(feature.provider.getTreeItem(two).contextValue ?? '', /pruned/);
    await run('variorum.restoreNode', two);
    await run('variorum.hidePruned');
    assert.deepEqual(below(root), ['one sure', 'two sure', 'three sure', 'five sure']);
  });

  it('splits the node under the cursor, and merges it again', async () => {
    const { editor, session } = await continued();
    await run('variorum.insertBranch', { branch: 2 });
    setCaret(editor, 'It rained. two'.length);
    const batches = session.journal.tree.batches().length;
    await run('variorum.splitNode');
    const [head, tail] = [element(session, ' two'), element(session, ' sure')];
    assert.deepEqual(below(head), ['sure']);
    assert.ok(session.tokensOf(idOf(session, ' two sure')));
    assert.equal(session.journal.tree.batches().length, batches);
    assert.equal(editor.document.getText(), 'It rained. two sure The end.');
    assert.equal(feature.cursor.current(), head.slice(2), 'the cursor is in the first half');
    await run('variorum.mergeNode', tail);
    const root = element(session, 'It rained. The end.');
    assert.equal(below(root).filter((text) => text === 'two sure').length, 1);
    assert.ok(!below(root).includes('two'));
  });

  it('bookmarks, and takes the bookmark off', async () => {
    const { session } = await continued();
    const two = element(session, ' two sure');
    const isMarked = () => session.journal.tree.marks(two.slice(2)).has(MARKS.bookmark);
    await run('variorum.bookmarkNode', two);
    assert.ok(isMarked());
    assert.match(feature.provider.getTreeItem(two).contextValue ?? '', /bookmarked/);
    await run('variorum.bookmarkNode', two);
    assert.ok(!isMarked());
  });

  it('narrows to a node and back', async () => {
    const { session } = await continued();
    await run('variorum.hoist', element(session, ' two sure'));
    assert.deepEqual(below(), ['two sure']);
    await run('variorum.unhoist');
    assert.deepEqual(below(), ['It rained. The end.']);
  });

  it('walks through the tree from the cursor', async () => {
    const { editor, session } = await continued();
    await run('variorum.insertBranch', { branch: 2 });
    await until(
      'the caret is in it',
      () => feature.cursor.current() === idOf(session, ' two sure'),
    );
    await run('variorum.goToNextSibling');
    assert.equal(feature.cursor.current(), idOf(session, ' three sure'));
    await run('variorum.goToPreviousSibling');
    assert.equal(feature.cursor.current(), idOf(session, ' two sure'));
    await run('variorum.goToParent');
    assert.equal(feature.cursor.current(), idOf(session, 'It rained. The end.'));
    await run('variorum.goToChild');
    assert.ok(feature.cursor.current() !== undefined);
    await run('variorum.goToRoot');
    assert.equal(feature.cursor.current(), idOf(session, 'It rained. The end.'));
    assert.equal(editor.document.getText(), 'It rained. two sure The end.');
  });

  it('finds a node as the writer types, and goes to it', async () => {
    const { session } = await continued();
    const pending = run('variorum.searchTree');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await pending;
    const { tree } = session.journal;
    const newest = Math.max(...[...tree.nodes()].map(({ created }) => created));
    assert.equal(tree.node(feature.cursor.current() ?? '')?.created, newest);
  });

  it('shows the batch of a node among the branches, and compares', async () => {
    const { session } = await continued();
    const first = session.batch?.id;
    await run('variorum.insertBranch', { branch: 1 });
    await run('variorum.continue');
    assert.notEqual(session.batch?.id, first);
    await run('variorum.showNodeInBranches', element(session, ' three sure'));
    assert.equal(session.batch?.id, first);
    await run('variorum.compareNode', element(session, ' three sure'));
    const isDiff = () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff;
    };
    await until('a diff is open', isDiff);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const { modified } = input;
    const right = await vscode.workspace.openTextDocument(modified);
    assert.equal(right.getText(), 'It rained. three sure The end.');
    await run('workbench.action.closeActiveEditor');
  });

  it('groups many siblings, and shows of a deep tree the part around the cursor', async () => {
    const { session } = await continued();
    const { journal } = session;
    const root = idOf(session, 'It rained. The end.');
    const source = { kind: 'model', model: 'm', strategy: 'plain', prompt: 'p' } as const;
    const record = (parent: NodeId, text: string, count: number) => {
      const drafts = Array.from({ length: count }, () => ({ parent, at: text.length, source }));
      const nodes = journal.recordBatch(drafts);
      for (const { id } of nodes) {
        journal.recordText(id, text);
        void journal.recordEnd(id, { status: 'done' });
      }
      return nodes.at(-1)?.id ?? '';
    };
    const last = record(root, 'many', 450);
    feature.provider.refreshNow();
    assert.deepEqual(below(`n:${root}`), ['1 to 200', '201 to 400', '401 to 455']);
    const group = feature.provider.getParent(`n:${last}`);
    assert.ok(group?.startsWith('g:'));
    assert.ok(feature.provider.getChildren(group).includes(`n:${last}`));
    assert.equal(feature.provider.getParent(group ?? 'e:'), `n:${root}`);
    const steps = Array.from({ length: 100 }, (_, i) => `deep ${i}`);
    const deepest = steps.reduce((parent, text) => record(parent, text, 1), last);
    feature.provider.refreshNow();
    assert.equal(feature.provider.reach(deepest), `n:${deepest}`);
    assert.deepEqual(below(), ['… further up', 'deep 87']);
    await run('variorum.goToRoot', 'e:');
    assert.deepEqual(below(), ['It rained. The end.']);
  });
});
