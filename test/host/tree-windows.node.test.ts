import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Clock } from '../../src/core/platform';
import { DocumentJournal } from '../../src/core/tree/documentJournal';
import type { VariorumApi } from '../../src/extension';
import { askAboutGit } from '../../src/host/tree/gitQuestion';
import type { TreeFeature } from '../../src/host/tree/treeFeature';
import { WorkspaceStore } from '../../src/host/workspaceStore';
import { numbered, openDraft, sessionOf, until, variorum, workspace } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);
const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
const source = { kind: 'model', model: 'other', strategy: 'raw', prompt: 'p' } as const;

/** Another window that has the same document open. */
function otherWindow(document: string): Promise<DocumentJournal> {
  return DocumentJournal.open({
    ...{ store: new WorkspaceStore(workspace()), root: '.variorum', document, clock },
    random: Math.random,
    onError: (error) => {
      throw error;
    },
  });
}

describe('a tree that others change, too', () => {
  let api: VariorumApi;
  let feature: TreeFeature;

  const labels = (): string[] =>
    feature.provider
      .getChildren()
      .flatMap((root) => [
        feature.provider.getTreeItem(root).label as string,
        ...feature.provider
          .getChildren(root)
          .map((each) => feature.provider.getTreeItem(each).label as string),
      ]);

  /** Counts how often the view is told to look again. */
  function told(): { times: number } {
    const count = { times: 0 };
    feature.provider.onDidChangeTreeData(() => count.times++);
    return count;
  }

  before(async () => {
    api = await variorum();
    feature = await api.tree.feature();
  });
  beforeEach(() => api.models.substitute(numbered(['one', 'two'])));
  after(() => api.models.substitute(undefined));

  it('shows what another window adds, while it streams and when it has ended', async () => {
    const path = 'windows/shared.md';
    const editor = await openDraft('It rained.', path);
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    await until('its tree is shown', () => feature.provider.session === session);
    await session.flush();
    const other = await otherWindow(path);
    assert.equal(other.tree.size, session.journal.tree.size);
    const [root] = session.journal.tree.roots();
    const draft = { parent: root?.id ?? null, at: 10, source };
    const [node] = other.recordBatch([draft]);
    assert.ok(node);
    const count = told();
    other.recordText(node.id, ' From the other');
    await until('the beginning is there', () => labels().includes('From the other'));
    other.recordText(node.id, ' window.');
    await other.recordEnd(node.id, { status: 'done' });
    await until('all of it is', () => labels().includes('From the other window.'));
    assert.equal(session.journal.tree.node(node.id)?.status, 'done');
    assert.ok(count.times > 0, 'the view was not told');
    assert.equal(session.position().count, 2, 'its batch can be stepped to');
    // Both write at once; neither loses anything.
    const mine = session.journal.recordNode(draft, ' Mine.');
    await Promise.all([mine, other.recordNode(draft, ' Theirs.')]);
    await until('theirs is there', () => labels().includes('Theirs.'));
    await other.refresh();
    assert.equal(other.tree.size, session.journal.tree.size);
    await other.close();
    assert.deepEqual(session.journal.problems, []);
  });

  it('shows what was imported, at once', async () => {
    const editor = await openDraft('It rained.', 'windows/imported.md');
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    await until('its tree is shown', () => feature.provider.session === session);
    const from = vscode.Uri.joinPath(workspace(), 'windows/tide.json');
    const nodes = { a: { text: 'The tide.', parentId: null } };
    await vscode.workspace.fs.writeFile(from, new TextEncoder().encode(JSON.stringify({ nodes })));
    const count = told();
    await run('variorum.importTree', { from, sure: true });
    await until('the view is told', () => count.times > 0);
    assert.ok(labels().includes('The tide.'));
  });

  it('that another window goes on writing in the old place is joined to the rest', async () => {
    const [before, after] = ['windows/old.md', 'windows/new.md'];
    const editor = await openDraft('It rained on.', before);
    await run('variorum.continue');
    await editor.document.save();
    const known = sessionOf(api, editor).journal.tree.size;
    const other = await otherWindow(before);
    const edit = new vscode.WorkspaceEdit();
    const target = vscode.Uri.joinPath(workspace(), after);
    edit.renameFile(editor.document.uri, target);
    assert.ok(await vscode.workspace.applyEdit(edit));
    const moved = () =>
      vscode.workspace.textDocuments.find((each) => each.uri.toString() === target.toString());
    const size = () => {
      const document = moved();
      return (document && api.sessions.get(document)?.journal.tree.size) ?? 0;
    };
    await until('the tree has moved', () => size() === known);
    await other.recordNode({ parent: null, at: 0, source }, 'Written in the old place.');
    await other.close();
    await run('vscode.open', target);
    const pending = run('variorum.findOrphanedTrees');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await run('workbench.action.acceptSelectedQuickOpenItem');
    await pending;
    assert.equal(size(), known + 1);
  });
});

describe('the question about git', () => {
  const uri = (path: string) => vscode.Uri.joinPath(workspace(), 'git-question', path);
  const state = (): vscode.Memento => {
    const kept = new Map<string, unknown>();
    return {
      keys: () => [...kept.keys()],
      get: (key: string) => kept.get(key),
      update: (key, value) => Promise.resolve(void kept.set(key, value)),
    };
  };
  const write = (path: string, text: string) =>
    vscode.workspace.fs.writeFile(uri(path), new TextEncoder().encode(text));
  const ignored = async (folder: string) => {
    try {
      return new TextDecoder().decode(
        await vscode.workspace.fs.readFile(uri(`${folder}/.gitignore`)),
      );
    } catch {
      return undefined;
    }
  };
  /** Answers with one of the buttons, and counts how often it is asked. */
  const answer = (button: number | undefined) => {
    const asked: string[] = [];
    const ask = (message: string, ...buttons: string[]) => {
      asked.push(message);
      return Promise.resolve(button === undefined ? undefined : buttons[button]);
    };
    return { asked, ask };
  };

  it('is asked once; Ignore adds a line, and nothing else writes', async () => {
    await write('repository/.git/HEAD', 'ref: refs/heads/main');
    await write('repository/.gitignore', 'out/');
    const [memento, ignore] = [state(), answer(1)];
    await askAboutGit({ uri: uri('repository') }, memento, ignore.ask);
    assert.match(ignore.asked[0] ?? '', /\.variorum\//);
    assert.equal(await ignored('repository'), 'out/\n.variorum/\n');
    await askAboutGit({ uri: uri('repository') }, memento, ignore.ask);
    assert.equal(ignore.asked.length, 1);
    // Ignored already: on another machine, too, nobody is asked.
    await askAboutGit({ uri: uri('repository') }, state(), ignore.ask);
    assert.equal(ignore.asked.length, 1);
  });

  it('leaves everything as it is when it is answered with Track, or not at all', async () => {
    await write('tracked/.git/HEAD', 'ref: refs/heads/main');
    await write('tracked/book/notes.txt', '');
    for (const button of [0, undefined]) {
      const { asked, ask } = answer(button);
      // The repository may begin further up.
      await askAboutGit({ uri: uri('tracked/book') }, state(), ask);
      assert.equal(asked.length, 1);
      assert.equal(await ignored('tracked/book'), undefined);
    }
  });
});
