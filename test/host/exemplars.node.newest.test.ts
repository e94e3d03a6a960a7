import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { scriptedModel, writes } from '../fixtures/scriptedModel';
import {
  close,
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

/** A paragraph of some 60 words, all of whose sentences say a word. */
function paragraph(mark: string): string {
  const sentence = (i: number) =>
    `In the ${mark} of that ${i}th year she went down to the harbour and counted all of the boats.`;
  return Array.from({ length: 4 }, (_, i) => sentence(i)).join(' ');
}

/** Types word by word, as far as an extension can tell. */
async function type(text: string): Promise<void> {
  for (const [word] of text.matchAll(/\S+\s*|\s+/gu)) {
    await run('type', { text: word });
  }
}

/** A paragraph of long sentences in the third person. */
function calm(i: number): string {
  const places = ['harbour', 'orchard', 'chapel', 'market', 'meadow'];
  const sentence = (j: number) =>
    `When she had come down to the ${places[(i + j) % 5]} in the ${i + j}th year of the war, with the old dog ` +
    'beside her and nothing in her basket, the people who lived there were still asleep, and it was a long ' +
    'time before anybody opened a door.';
  return [0, 1].map(sentence).join(' ');
}

async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspace(), ...path.split('/'));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

const settings = () => vscode.workspace.getConfiguration('variorum');
const name = (own: readonly string[] | undefined) =>
  settings().update('myWriting', own, vscode.ConfigurationTarget.Workspace);

describe('exemplars', () => {
  let api: VariorumApi;
  const never = new AbortController().signal;
  const request = { source: 'She looked at the boats.', before: '', budget: 1_000_000 };

  /** Which of some words the exemplars hold. */
  async function marks(of: readonly string[]): Promise<string[]> {
    const chosen = await api.exemplars.choose(request, never);
    const text = chosen.map((one) => one.text).join('\n');
    return of.filter((mark) => text.includes(`the ${mark} of`));
  }

  async function eventually(of: readonly string[], expected: readonly string[]): Promise<void> {
    let found: string[] = [];
    const deadline = Date.now() + 15_000;
    while (Date.now() < deadline) {
      found = await marks(of);
      if (JSON.stringify(found) === JSON.stringify(expected)) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.deepEqual(found, expected);
  }

  before(async () => {
    api = await variorum();
    api.models.substitute(
      scriptedModel({ branches: [writes([[`\n\n${paragraph('zeppelin')}\n\n`, 0.5]])] }),
    );
  });
  after(async () => {
    api.models.substitute(undefined);
    await name(undefined);
    await settings().update('exemplars.exclude', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('are what was typed, never model text, pasted text or what was there before', async () => {
    const editor = await openDraft(`${paragraph('quagga')}\n\n`, 'exemplars-typed.md');
    const { document } = editor;
    await type(`${paragraph('walnut')}\n\n`);
    await run('variorum.continue');
    await until('it was written', () => !sessionOf(api, editor).streaming);
    await run('variorum.insertBranch', { branch: 1 });
    await until('it is inserted', () => document.getText().includes('zeppelin'));
    const end = document.positionAt(document.getText().length);
    await editor.edit((edit) => edit.insert(end, `\n\n${paragraph('pasteboard')}\n\n`));
    const all = ['quagga', 'walnut', 'zeppelin', 'pasteboard'];
    assert.deepEqual(await marks(all), ['walnut']);
    // Still so when it is closed, from what was written down, and when it is open again.
    await document.save();
    await close(editor);
    assert.deepEqual(await marks(all), ['walnut']);
    await openAt(document.uri);
    await eventually(all, ['walnut']);
  }).timeout(90_000);

  it('come from what the writer names as theirs, but for model text in it', async () => {
    const uri = await write(
      'shelf/old.md',
      `${paragraph('marigold')}\r\n\r\n${paragraph('thistle')}`,
    );
    const all = ['marigold', 'thistle', 'zeppelin'];
    assert.deepEqual(await marks(all), []);
    await name(['shelf']);
    await eventually(all, ['marigold', 'thistle']);
    const editor = await openAt(uri);
    await run('variorum.continue');
    await until('it was written', () => !sessionOf(api, editor).streaming);
    await run('variorum.insertBranch', { branch: 1 });
    await until('it is inserted', () => editor.document.getText().includes('zeppelin'));
    assert.deepEqual(await marks(all), ['marigold', 'thistle']);
    // Copied from the card and pasted, it is no more the writer's than when it was inserted.
    const copied = sessionOf(api, editor).branch(0).text;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `${copied.trim()}\n\n`));
    assert.equal(editor.document.getText().split(paragraph('zeppelin')).length, 3);
    assert.deepEqual(await marks(all), ['marigold', 'thistle']);
    await editor.document.save();
    await close(editor);
    assert.deepEqual(await marks(all), ['marigold', 'thistle']);
  }).timeout(90_000);

  it('follow edits, deletions, .gitignore and the setting', async () => {
    await name(['shelf']);
    await write('shelf/.gitignore', 'secret/\n*.private.md\n');
    await write('shelf/secret/diary.md', paragraph('nightshade'));
    await write('shelf/a.private.md', paragraph('hemlock'));
    await write('shelf/notes/n.md', paragraph('juniper'));
    await write('shelf/data.json', paragraph('bracket'));
    const open = await write('shelf/open.md', paragraph('larkspur'));
    const all = ['nightshade', 'hemlock', 'juniper', 'bracket', 'larkspur', 'foxglove'];
    await eventually(all, ['juniper', 'larkspur']);
    await write('shelf/open.md', paragraph('foxglove'));
    await eventually(all, ['juniper', 'foxglove']);
    await settings().update('exemplars.exclude', ['notes/'], vscode.ConfigurationTarget.Workspace);
    await eventually(all, ['foxglove']);
    await vscode.workspace.fs.delete(open);
    await eventually(all, []);
    await write('shelf/.gitignore', 'secret/\n');
    await eventually(all, ['hemlock']);
    await name(undefined);
    await eventually(all, []);
  }).timeout(90_000);

  it('are pinned only where the writer wrote them, and come first then', async () => {
    await write('own/first.md', `${paragraph('alder')}\n\n${paragraph('birch')}`);
    const uri = await write('own/second.md', `${paragraph('cedar')}\n\n${paragraph('damson')}`);
    await name(['own']);
    await eventually(['alder', 'damson'], ['alder', 'damson']);
    const editor = await openAt(uri);
    const at = editor.document.getText().indexOf('damson');
    setCaret(editor, at);
    await run('variorum.pinExemplar');
    const [first] = await api.exemplars.choose(request, never);
    assert.equal(first?.why.kind, 'pinned');
    assert.ok(first.text.includes('damson'));
    await name(undefined);
    const pasted = new vscode.Range(0, 0, 0, 40);
    await assert.rejects(api.exemplars.pin(editor.document, pasted), /not known that you wrote/u);
    assert.deepEqual(
      (await api.exemplars.choose(request, never)).filter(({ text }) => text.includes('damson')),
      [],
    );
  }).timeout(60_000);

  it('are listed, and pinned by keyboard', async () => {
    const uri = await write('listed/only.md', `${paragraph('mulberry')}\n\n${paragraph('quince')}`);
    await name(['listed']);
    await eventually(['quince'], ['quince']);
    setCaret(await openDraft('What is to be rewritten.', 'exemplars-listed.md'), 3);
    const shown = Promise.resolve(run('variorum.showExemplars'));
    const isPinned = async () =>
      (await api.exemplars.choose(request, never)).some(({ why }) => why.kind === 'pinned');
    assert.ok(!(await isPinned()));
    // Enter on the first exemplar, then on the first thing that can be done with it.
    for (let tries = 0; !(await isPinned()) && tries < 40; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      await run('workbench.action.acceptSelectedQuickOpenItem');
    }
    assert.ok(await isPinned());
    // The list comes again after whatever was done, until it is left.
    const list = { isLeft: false };
    void shown.then(() => (list.isLeft = true));
    for (let tries = 0; !list.isLeft && tries < 40; tries++) {
      await run('workbench.action.closeQuickOpen');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await shown;
    await vscode.workspace.fs.delete(uri);
    await name(undefined);
  }).timeout(60_000);

  it('tell how the writer writes, so that a branch that does not is flagged on its card', async () => {
    await write('voice/novel.md', Array.from({ length: 40 }, (_, i) => calm(i)).join('\n\n'));
    await name(['voice']);
    const staccato =
      ' I ran. I fell. Stop! I hid. No! Go, go! I wept. I sat. Why? I saw it.'.repeat(5);
    const branches = [writes([[staccato, 0.5]]), writes([[` ${calm(77)}`, 0.5]])];
    api.models.substitute(scriptedModel({ branches }));
    const editor = await openDraft('It was evening. ', 'exemplars-voice.md');
    await run('variorum.continue');
    const session = sessionOf(api, editor);
    const drifts = () =>
      session
        .branches()
        .map(({ flags = [] }) => flags.find(({ code }) => code === 'voice-drift')?.message ?? '');
    await until('it is on the card', () => drifts()[0] !== '', 20_000);
    assert.match(drifts()[0] ?? '', /^Not your voice: /u);
    assert.equal(drifts()[1], '');
    // The same of any text that is asked about.
    const { document } = editor;
    const end = document.positionAt(document.getText().length);
    await editor.edit((edit) => edit.insert(end, staccato));
    editor.selection = new vscode.Selection(end, document.positionAt(document.getText().length));
    await run('variorum.checkSelection');
    const problems = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
    assert.ok(
      problems.some((message) => message.startsWith('Not your voice')),
      problems.join(),
    );
    await run('variorum.clearFindings');
    await name(undefined);
  }).timeout(60_000);

  it('leave out what is rewritten and what stands before it', async () => {
    await write('own/first.md', `${paragraph('alder')}\n\n${paragraph('birch')}`);
    await name(['own/first.md']);
    await eventually(['alder', 'birch'], ['alder', 'birch']);
    const near = { source: paragraph('alder'), before: '', budget: 10_000 };
    const chosen = await api.exemplars.choose(near, never);
    assert.ok(chosen.every(({ text }) => !text.includes('alder')));
    const after = { source: 'She left.', before: paragraph('birch'), budget: 10_000 };
    const others = await api.exemplars.choose(after, never);
    assert.ok(others.every(({ text }) => !text.includes('birch')));
    await name(undefined);
  }).timeout(60_000);
});
