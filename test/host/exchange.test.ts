import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { openDraft, sessionOf, until, variorum, workspace } from './support';

const run = (command: string, argument: unknown) =>
  vscode.commands.executeCommand(`variorum.${command}`, argument);
const file = (name: string) => vscode.Uri.joinPath(workspace(), name);

async function write(name: string, content: object | string): Promise<vscode.Uri> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  await vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(text));
  return file(name);
}

async function contentOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

describe('import and export of trees', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });

  it('adds the nodes of another program under the document, and writes them out again', async () => {
    const editor = await openDraft('A draft.');
    const nodes = {
      a: { text: 'The tide.', parentId: null, bookmarked: false },
      b: { text: ' It rose.', parentId: 'a', bookmarked: true },
    };
    const from = await write('other.json', { current: 'b', nodes });
    await run('importTree', { from, sure: true });
    const { tree } = sessionOf(api, editor).journal;
    assert.deepEqual([...tree.nodes()].map(({ text }) => text).sort(), [' It rose.', 'The tide.']);
    assert.equal(editor.document.getText(), 'A draft.');
    const to = file('out.jsonl');
    await run('exportTree', { to, format: 'jsonl' });
    const lines = (await contentOf(to)).trimEnd().split('\n');
    const [root, child] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(root?.['text'], 'The tide.');
    assert.equal(child?.['parent_id'], root['id']);
    assert.equal(child?.['bookmarked'], true);
  });

  it('takes nothing of a damaged file', async () => {
    const editor = await openDraft('A draft.');
    const nodes = { a: { text: 'One.', parentId: null }, b: { text: 'Two.', parentId: 'gone' } };
    const from = await write('damaged.json', { nodes });
    // The message stays until somebody closes it, so nobody waits for the command.
    void run('importTree', { from, sure: true });
    await until('the session is open', () => api.sessions.get(editor.document) !== undefined);
    const sound = await write('sound.json', { nodes: { a: { text: 'Sound.', parentId: null } } });
    await run('importTree', { from: sound, sure: true });
    const { tree } = sessionOf(api, editor).journal;
    assert.deepEqual(
      [...tree.nodes()].map(({ text }) => text),
      ['Sound.'],
    );
  });
});
