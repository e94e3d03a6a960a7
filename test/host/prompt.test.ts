import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { PassageFiles } from '../../src/host/passageFiles';
import { gatherPassage } from '../../src/host/passageSource';
import { remember } from '../../src/host/prompt/instruction';
import { numbered, openAt, setCaret, until, variorum, workspace } from './support';

const { fs } = vscode.workspace;
const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspace(), ...path.split('/'));
  await fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** The prompt document in front. */
async function shownPrompt(): Promise<vscode.TextDocument> {
  const front = () => vscode.window.activeTextEditor?.document;
  await until('the prompt is shown', () => front()?.uri.scheme === 'variorum-prompt');
  const document = front();
  assert.ok(document);
  return document;
}

describe('prompt: what is sent', () => {
  let api: VariorumApi;
  const notes = '.variorum/notes.md';
  let files: PassageFiles;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => (files = new PassageFiles()));
  afterEach(async () => {
    files.dispose();
    api.models.substitute(undefined);
    await fs
      .delete(vscode.Uri.joinPath(workspace(), notes), { recursive: true })
      .then(undefined, () => undefined);
  });

  async function gathered(editor: vscode.TextEditor, instruction?: string) {
    const text = editor.document.getText();
    return gatherPassage(editor.document, text, text.length, { files, instruction });
  }

  it('is the text alone where there is nothing else', async () => {
    const editor = await openAt(await write('alone/story.md', 'It rained.'));
    assert.deepEqual(await gathered(editor), {
      passage: { before: 'It rained.', after: '' },
      notices: [],
    });
  });

  it('has the notes of the project and the wish, and says what of long notes stays out', async () => {
    await write(notes, '\uFEFFMara is thirty.\r\nFirst person.\r\n');
    const editor = await openAt(await write('alone/story.md', 'It rained.'));
    const { passage, notices } = await gathered(editor, ' a stranger ');
    assert.equal(passage.notes, 'Mara is thirty.\nFirst person.');
    assert.equal(passage.instruction, 'a stranger');
    assert.deepEqual(notices, []);
    await write(notes, 'word '.repeat(3000));
    files.dispose();
    files = new PassageFiles();
    const long = await gathered(editor);
    assert.equal(long.passage.notes?.length, 8000);
    assert.match(long.notices[0]?.message ?? '', /8000 characters/);
  });

  it('has the end of the chapter before while the draft has only begun, unsaved text and all', async () => {
    await write('book/chapter-9.md', 'Chapter nine ended.\n');
    const ninth = await openAt(vscode.Uri.joinPath(workspace(), 'book/chapter-9.md'));
    await ninth.edit((edit) => edit.insert(new vscode.Position(1, 0), 'And more.'));
    const tenth = await openAt(await write('book/chapter-10.md', '# Ten\n\nIt rained'));
    const { passage } = await gathered(tenth);
    assert.equal(passage.earlier, 'Chapter nine ended.\nAnd more.');
    const grown = await openAt(await write('book/chapter-11.md', 'It rained. '.repeat(200)));
    assert.equal((await gathered(grown)).passage.earlier, undefined);
    await ninth.document.save();
  });

  it('goes out without what cannot be read, and says so', async () => {
    await fs.createDirectory(vscode.Uri.joinPath(workspace(), notes));
    const editor = await openAt(await write('alone/story.md', 'It rained.'));
    const { passage, notices } = await gathered(editor);
    assert.equal(passage.before, 'It rained.');
    assert.equal(notices[0]?.severity, 'warning');
  });

  it('is at hand the second time, and follows what changes', async () => {
    await write(notes, 'Mara is thirty.');
    const editor = await openAt(await write('alone/story.md', 'It rained.'));
    assert.equal((await gathered(editor)).passage.notes, 'Mara is thirty.');
    await write(notes, 'Mara is forty.');
    let seen: string | undefined;
    await until('the new notes are sent', () => {
      void gathered(editor).then(({ passage }) => (seen = passage.notes));
      return seen === 'Mara is forty.';
    });
  });

  it('reaches the model with Continue', async () => {
    const model = numbered();
    api.models.substitute(model);
    // Open, so that it counts at once.
    await openAt(await write(notes, 'Mara is thirty.'));
    await openAt(await write('alone/story.md', 'It rained.'));
    await run('variorum.continueWithInstruction', { instruction: 'a stranger sits down' });
    assert.deepEqual(model.requests[0]?.passage, {
      before: 'It rained.',
      after: '',
      notes: 'Mara is thirty.',
      instruction: 'a stranger sits down',
    });
  });

  it('offers the last instructions again', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      keys: () => [...kept.keys()],
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    } as vscode.Memento;
    for (const wish of ['rain', 'a door', 'rain']) {
      await remember(memory, wish);
    }
    assert.deepEqual([...kept.values()], [['rain', 'a door']]);
  });
});

describe('prompt: shown', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  after(() => api.models.substitute(undefined));

  it('shows each part exactly, the parameters, and how much of it models wrote', async () => {
    api.models.substitute(numbered());
    const editor = await openAt(await write('prompt/one.md', 'It ```rained``` on.'));
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 3 });
    await run('variorum.showPrompt');
    const document = await shownPrompt();
    const text = document.getText();
    assert.equal(document.languageId, 'markdown');
    assert.match(text, /one\.md, line 1, column 31/);
    // " three sure" is 11 of 30 characters.
    assert.match(text, /37% of this context is model text/);
    assert.match(text, /## Scripted/);
    assert.match(text, /"n": 5/);
    assert.ok(text.includes('````text\nIt ```rained``` on. three sure\n````'), text);
    await run('type', { text: 'x' });
    assert.equal(document.getText(), text);
    await openAt(editor.document.uri);
  });

  it('shows what has become of it when it is asked again', async () => {
    api.models.substitute(numbered());
    const editor = await openAt(await write('prompt/two.md', 'One. Two.'));
    await run('variorum.showPrompt');
    await shownPrompt();
    const again = await openAt(editor.document.uri);
    setCaret(again, 4);
    await run('variorum.showPrompt');
    const document = await shownPrompt();
    await until('the prompt is new', () => document.getText().includes('text\nOne.\n```'));
    assert.match(document.getText(), / 0% of this context/);
  });
});

describe('prompt: how far a branch goes', () => {
  after(() => vscode.workspace.getConfiguration('variorum').update('reach', undefined, true));

  it('is kept in the settings', async () => {
    await variorum();
    await run('variorum.setReach', { reach: 'sentence' });
    assert.equal(vscode.workspace.getConfiguration('variorum').get('reach'), 'sentence');
  });
});
