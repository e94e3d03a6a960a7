import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { currentPath } from '../../src/core/tree/formats/path';
import { FORMAT_IDS, type FormatId, type Loom } from '../../src/core/tree/formats/loom';
import { loomOf } from '../../src/core/tree/formats/treeLoom';
import { MARKS } from '../../src/core/tree/marks';
import type { TreeNode } from '../../src/core/tree/node';
import type { VariorumApi } from '../../src/extension';
import type { DocumentSession } from '../../src/host/documentSession';
import type { TreeFeature } from '../../src/host/tree/treeFeature';
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
const at = (path: string) => vscode.Uri.joinPath(workspace(), path);

function nodeOf({ journal: { tree } }: DocumentSession, text: string): Readonly<TreeNode> {
  const node = [...tree.nodes()].find((each) => each.text === text);
  assert.ok(node, `no node says "${text}"`);
  return node;
}

/** Everything that a tree says, in the order of ids. */
function told({ journal: { tree } }: DocumentSession): unknown {
  return [...tree.nodes()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((node) => ({
      ...node,
      asked: tree.askedOf(node),
      marks: [...tree.marks(node.id)],
      isPruned: tree.isPruned(node.id),
    }));
}

/** Every way through the tree that goes on as far as it can, as the text that stands there. */
function ways({ nodes }: Loom): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const upTo = (id: string | null, end?: number): string => {
    const node = byId.get(id ?? '');
    return node ? upTo(node.parent, node.at) + node.text.slice(0, end) : '';
  };
  const all = [...new Set(nodes.map(({ id }) => upTo(id)))].sort();
  return all.filter((way, i) => !(all[i + 1]?.startsWith(way) ?? false));
}

/** What a format carries of a tree, whatever ids it has. */
function carried(loom: Loom, format: FormatId): unknown {
  if (format === 'markdown' || format === 'mikupad') {
    const { steps } = currentPath(loom);
    return steps.map(({ text }) => text).join('');
  }
  if (format !== 'jsonl') {
    return ways(loom);
  }
  return loom.nodes
    .map(({ id: _id, parent, created: _created, run: _run, ...rest }) => {
      const above = loom.nodes.find(({ id }) => id === parent)?.text ?? null;
      return JSON.stringify([above, Object.entries(rest).sort()]);
    })
    .sort();
}

/** VS Code refuses to save while it is still at work on the text: a person presses the key again. */
async function save(document: vscode.TextDocument): Promise<void> {
  for (let tries = 0; !(await document.save()); tries++) {
    assert.ok(tries < 20, 'the draft cannot be saved');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe('a day with the tree', () => {
  let api: VariorumApi;
  let feature: TreeFeature;
  let folder: string;

  before(async () => {
    api = await variorum();
    feature = await api.tree.feature();
    folder = mkdtempSync(join(tmpdir(), 'variorum-story-'));
  });
  after(() => {
    api.models.substitute(undefined);
    rmSync(folder, { recursive: true });
  });

  const git = (cwd: string, ...words: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Writer', '-c', 'user.email=writer@example.org', ...words],
      {
        cwd,
        stdio: 'pipe',
      },
    );

  it('is all found again on another machine, and goes out and in by every format', async function () {
    this.timeout(180_000);
    // Generate, insert, edit.
    api.models.substitute(numbered());
    const editor = await openDraft('It rained. The end.', 'story/draft.md');
    setCaret(editor, 'It rained.'.length);
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    await until('its tree is shown', () => feature.provider.session === session);
    await run('variorum.insertBranch', { branch: 2 });
    await run('type', { text: ' My own words.' });
    // Generate again from the writer's own words; a branch of that.
    api.models.substitute(numbered(['six', 'seven', 'eight', 'nine', 'ten']));
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 4 });
    const deep = nodeOf(session, ' nine sure');
    assert.equal(session.journal.tree.node(deep.parent ?? '')?.text, ' My own words.');
    // Hoist, search, mark, prune.
    const own = nodeOf(session, ' My own words.').id;
    await run('variorum.hoist', `n:${own}`);
    assert.deepEqual(feature.provider.getChildren(), [`n:${own}`]);
    await run('variorum.unhoist');
    await run('variorum.bookmarkNode', `n:${deep.id}`);
    await session.journal.recordMark(own, MARKS.note, 'keep this');
    await run('variorum.pruneNode', `n:${nodeOf(session, ' five sure').id}`);
    // Check out another path.
    await run('variorum.checkOutPath', `n:${nodeOf(session, ' three sure').id}`);
    assert.equal(editor.document.getText(), 'It rained. three sure The end.');
    await save(editor.document);
    await session.flush();
    const before = told(session);
    const checkpoints = session.keeper.versions.list().length;
    await close(editor);

    // To another machine by git: the journals travel, the sidecar does not.
    const root = workspace().fsPath;
    const home = join(folder, 'here');
    const there = join(folder, 'there');
    git(folder, 'init', '--quiet', '--initial-branch=main', 'here');
    cpSync(join(root, '.variorum'), join(home, '.variorum'), { recursive: true });
    cpSync(join(root, 'story'), join(home, 'story'), { recursive: true });
    git(home, 'add', '--all');
    git(home, 'commit', '--quiet', '-m', 'A day of drafting');
    git(folder, 'clone', '--quiet', 'here', 'there');
    rmSync(join(root, 'story'), { recursive: true });
    const trees = join(there, '.variorum');
    const [name = ''] = git(there, 'ls-files', '-z', '.variorum')
      .toString()
      .split('\0')
      .filter((file) => file.includes('story%2Fdraft.md'))
      .map((file) => file.split('/')[1] ?? '');
    rmSync(join(root, '.variorum', name), { recursive: true });
    cpSync(join(trees, name), join(root, '.variorum', name), { recursive: true });
    cpSync(join(there, 'story'), join(root, 'story'), { recursive: true });
    assert.ok(!existsSync(join(root, '.variorum', name, 'cache')), 'the sidecar was in git');

    const again = await openAt(at('story/draft.md'));
    const found = await api.sessions.open(again.document);
    assert.deepEqual(told(found), before);
    assert.deepEqual(found.journal.problems, []);
    assert.equal(found.keeper.versions.list().length, checkpoints);
    assert.deepEqual(attachedTexts(found), [' three sure'], 'what a model wrote is known');
    await until('its tree is shown', () => feature.provider.session === found);
    await run('variorum.checkOutPath', `n:${deep.id}`);
    assert.equal(again.document.getText(), 'It rained. two sure My own words. nine sure The end.');

    // Out and in.
    const { loom } = loomOf(found.journal.tree, new Map(), found.journal.tree.latestPlace()?.node);
    for (const format of FORMAT_IDS) {
      const to = at(`story/out-${format}`);
      await openAt(again.document.uri);
      await run('variorum.exportTree', { to, format });
      const other = await openDraft('', `story/into-${format}.md`);
      await run('variorum.importTree', { from: to, sure: true });
      const { tree } = sessionOf(api, other).journal;
      const back = loomOf(tree, new Map()).loom;
      assert.deepEqual(carried(back, format), carried(loom, format), format);
    }
  });
});
