import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { DocumentJournal } from '../../../src/core/tree/documentJournal';
import { DiskStore } from '../../fixtures/diskStore';
import { DRAFT, TestClock } from './opened';
import { picture } from './samples';
import { removeFolder, scratchFolder } from './scratch';

const IDENTITY = ['-c', 'user.name=Writer', '-c', 'user.email=writer@example.org'];

function rethrow(error: unknown): void {
  throw error;
}

describe('a journal in git', () => {
  let folder = '';
  before(async function () {
    if (spawnSync('git', ['--version']).status !== 0) {
      this.skip();
    }
    folder = await scratchFolder('git');
    git('init', '--quiet', '--initial-branch=ours');
  });
  after(() => (folder === '' ? undefined : removeFolder(folder)));

  function git(...words: string[]): void {
    const { status, stderr } = spawnSync('git', [...IDENTITY, ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    });
    assert.equal(status, 0, `git ${words.join(' ')}: ${stderr}`);
  }

  function commit(message: string): void {
    git('add', '--all');
    git('commit', '--quiet', '-m', message);
  }

  async function opened(): Promise<DocumentJournal> {
    const options = { root: '.variorum', document: 'draft.md', clock: new TestClock() };
    const store = new DiskStore(folder);
    return DocumentJournal.open({ ...options, store, random: Math.random, onError: rethrow });
  }

  async function write(text: string): Promise<void> {
    const journal = await opened();
    const [root] = journal.tree.roots();
    await journal.recordNode({ ...DRAFT, parent: root?.id ?? null }, text);
    await journal.close();
  }

  it('merges two branches into one tree, whichever is merged into which', async () => {
    await write('Common.');
    const { writer, tree: before } = await stillOpen();
    commit('common');
    git('checkout', '--quiet', '-b', 'theirs');
    await write('Theirs.');
    await changeCommonFile(writer, 'theirs');
    commit('theirs');
    git('checkout', '--quiet', 'ours');
    await write('Ours.');
    await changeCommonFile(writer, 'ours');
    commit('ours');
    git('branch', 'other', 'theirs');
    git('merge', '--quiet', '-m', 'merge', 'theirs');
    const ours = await opened();
    git('checkout', '--quiet', 'other');
    git('merge', '--quiet', '-m', 'merge', 'ours~1');
    const theirs = await opened();
    assert.deepEqual(ours.problems, []);
    assert.deepEqual(picture(ours.tree), picture(theirs.tree));
    const texts = [...ours.tree.nodes()].map(({ text }) => text).sort();
    assert.deepEqual(texts, ['Common.', 'Ours.', 'Still open.', 'Theirs.']);
    assert.equal(before.size, 2);
  });

  /** A journal whose file both branches have: events of a window that was open all the while. */
  async function stillOpen(): Promise<DocumentJournal> {
    const journal = await opened();
    await journal.recordNode(DRAFT, 'Still open.');
    return journal;
  }

  /** Adds a line to the file that both branches have, so that git must merge line by line. */
  async function changeCommonFile(writer: string, mark: string): Promise<void> {
    const store = new DiskStore(folder);
    const journal = await opened();
    const [root] = journal.tree.roots();
    const seq = mark === 'ours' ? 101 : 102;
    const data = { node: root?.id, mark, value: 'here' };
    const line = JSON.stringify({ v: 1, writer, seq, time: seq, event: 'mark', data });
    const path = await fileOf(store, writer);
    const content = new TextDecoder().decode(await store.read(path));
    await store.write(path, new TextEncoder().encode(`${content}${line}\n`));
  }

  async function fileOf(store: DiskStore, writer: string): Promise<string> {
    const { stdout } = spawnSync('git', ['ls-files', '--others', '--cached'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const path = stdout.split('\n').find((each) => each.includes(`/${writer}-`)) ?? '';
    assert.ok((await store.read(path)) !== undefined, `no file of ${writer}`);
    return path;
  }
});
