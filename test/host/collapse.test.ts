import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { scriptedModel, writesPlain } from '../fixtures/scriptedModel';
import {
  close,
  endless,
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

const SHIVER = 'a shiver running down her spine';
const CANNED = ` She took a deep breath, her voice barely above a whisper, ${SHIVER}.`;
const LESSON = 'She learned that true strength lies in the healing power of love.';
const PLAIN = 'It rained on the tin roof of the shed.';

const { Hint, Error: Severe } = vscode.DiagnosticSeverity;

function findings({ document }: vscode.TextEditor): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'Variorum')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}
const hints = (editor: vscode.TextEditor) =>
  findings(editor).filter(({ severity }) => severity === Hint);
const problems = (editor: vscode.TextEditor) =>
  findings(editor).filter(({ severity }) => severity !== Hint);

function codeOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}
const codes = (list: readonly vscode.Diagnostic[]) => list.map(codeOf);

const texts = ({ document }: vscode.TextEditor, list: readonly vscode.Diagnostic[]) =>
  list.map(({ range }) => document.getText(range));

/** Longer than findings take to follow an edit. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 1500));

/** Five branches, the first of them canned, that have ended and been read. */
async function continued(api: VariorumApi, editor: vscode.TextEditor): Promise<void> {
  await run('variorum.continue');
  const session = sessionOf(api, editor);
  await until('the batch was read', () =>
    session.branches().some(({ flags = [] }) => flags.length > 0),
  );
}

/** The first branch in the document, taken before there was anything on its card. */
async function insertedUnseen(api: VariorumApi, editor: vscode.TextEditor): Promise<void> {
  api.models.substitute(
    scriptedModel({ branches: [writesPlain([CANNED]), endless(' and'), endless(' or')] }),
  );
  const done = run('variorum.continue');
  const first = () => api.sessions.get(editor.document)?.branches()[0];
  await until('the first branch has ended', () => first()?.status === 'done');
  await run('variorum.insertBranch', { branch: 1 });
  await run('variorum.stop');
  await done;
}

async function fixes({ document }: vscode.TextEditor, at: vscode.Diagnostic) {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    at.range,
  );
  return actions.filter(({ title }) => /Allow|Delete|Dismiss|Turn Off/.test(title));
}

async function apply(editor: vscode.TextEditor, at: vscode.Diagnostic, title: RegExp) {
  const offered = await fixes(editor, at);
  const fix = offered.find((action) => title.test(action.title));
  assert.ok(fix, `${String(title)} is not among ${offered.map((a) => a.title).join(' · ')}`);
  if (fix.edit) {
    await vscode.workspace.applyEdit(fix.edit);
  }
  if (fix.command) {
    const args = fix.command.arguments as unknown[];
    await vscode.commands.executeCommand(fix.command.command, ...args);
  }
}

const setting = (name: string, value: unknown) =>
  vscode.workspace
    .getConfiguration('variorum.collapse')
    .update(name, value, vscode.ConfigurationTarget.Global);

async function read(...path: string[]): Promise<string> {
  const uri = vscode.Uri.joinPath(workspace(), ...path);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

describe('findings of collapse', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => {
    const others = ['one', 'two', 'three'].map((word) => writesPlain([` ${word} more.`]));
    api.models.substitute(scriptedModel({ branches: [writesPlain([CANNED]), ...others] }));
  });
  afterEach(async () => {
    await run('variorum.clearFindings');
    await setting('severity', undefined);
    await setting('allow', undefined);
    await setting('lists', undefined);
  });
  after(() => api.models.substitute(undefined));

  it('are on the cards when a batch has ended', async () => {
    const editor = await openDraft(PLAIN);
    await continued(api, editor);
    const [first, second] = sessionOf(api, editor).branches();
    assert.ok(first?.flags?.some(({ code }) => code === 'canned-phrase'));
    assert.ok(!second?.flags?.some(({ code }) => code === 'canned-phrase'));
    assert.match(sessionOf(api, editor).batch?.review?.ideas?.line ?? '', /^about \d ideas?: /);
  });

  it('tell what pushing apart came to, beside what was asked plainly', async () => {
    const editor = await openDraft(PLAIN);
    await continued(api, editor);
    const effect = () => sessionOf(api, editor).batch?.review?.ideas?.effect;
    assert.equal(effect(), undefined);
    await run('variorum.pushApart');
    await until('there is an effect', () => effect() !== undefined);
    assert.match(
      effect() ?? '',
      /^about \d ideas? in \d branches asked plainly → about \d ideas? in \d asked apart$/,
    );
  });

  it('are hints on text of a model alone, and follow it', async () => {
    const editor = await openDraft(`${LESSON} ${PLAIN}`);
    await insertedUnseen(api, editor);
    await until('there are hints', () => hints(editor).length > 0);
    assert.deepEqual(problems(editor), []);
    assert.ok(texts(editor, hints(editor)).some((text) => text.includes(SHIVER)));
    assert.ok(!codes(hints(editor)).includes('moralising'));
    // Others come when the batch has been read: what came up over other passages.
    const canned = () => hints(editor).filter((one) => codeOf(one) === 'canned-phrase');
    const before = texts(editor, canned());
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Then.\n\n'));
    await until('they moved', () => hints(editor).every(({ range }) => range.start.line === 2));
    assert.deepEqual(texts(editor, canned()), before);
    const at = editor.document.getText().indexOf('barely');
    await editor.edit((edit) => edit.insert(editor.document.positionAt(at), 'not '));
    await until('the edited words are the writer’s', () =>
      texts(editor, hints(editor)).every((text) => !text.includes('barely')),
    );
  });

  it('that were on the card of a branch are dismissed by taking it, for good', async () => {
    const editor = await openDraft(PLAIN, 'dismissed.md');
    await continued(api, editor);
    await run('variorum.insertBranch', { branch: 1 });
    await settled();
    assert.deepEqual(hints(editor), []);
    await editor.document.save();
    const { uri } = editor.document;
    await close(editor);
    const again = await openAt(uri);
    await until('the session is back', () => api.sessions.get(again.document) !== undefined);
    await settled();
    assert.deepEqual(hints(again), []);
  });

  it('go into Problems when the document is checked, whoever wrote it', async () => {
    const editor = await openDraft(`${PLAIN}\r\n\r\n${LESSON}\r\n\r\nThen${CANNED}`);
    assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
    await run('variorum.checkDocument');
    const found = problems(editor);
    const moral = found.find((one) => codeOf(one) === 'moralising');
    assert.ok(moral, codes(found).join());
    assert.equal(editor.document.getText(moral.range), LESSON);
    assert.equal(moral.severity, vscode.DiagnosticSeverity.Information);
    assert.ok(typeof moral.code === 'object' && moral.code.target.fragment === 'moralising');
    assert.ok(texts(editor, found).some((text) => text.includes(SHIVER)));
  });

  it('stay true while the writer types, until they are cleared', async () => {
    const editor = await openDraft(`${PLAIN}\n\n${LESSON}\n`);
    await run('variorum.checkDocument');
    assert.deepEqual(codes(problems(editor)), ['moralising']);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New.\n'));
    await until('they moved', () => problems(editor)[0]?.range.start.line === 3);
    assert.deepEqual(texts(editor, problems(editor)), [LESSON]);
    await editor.edit((edit) => {
      edit.delete(new vscode.Range(3, 0, 4, 0));
    });
    await until('it is gone', () => problems(editor).length === 0);
    await run('undo');
    await until('it is back', () => problems(editor).length === 1);
    await run('variorum.clearFindings');
    assert.deepEqual(problems(editor), []);
  });

  it('are of the selection alone when that is checked', async () => {
    const editor = await openDraft(`${LESSON}\n\n${PLAIN}\n\n${LESSON}`);
    editor.selection = new vscode.Selection(1, 0, 4, LESSON.length);
    await run('variorum.checkSelection');
    assert.deepEqual(
      problems(editor).map(({ range }) => range.start.line),
      [4],
    );
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New.\n\n'));
    await until('it moved', () => problems(editor)[0]?.range.start.line === 6);
    assert.equal(problems(editor).length, 1);
  });

  it('can be deleted, with the space before them', async () => {
    const editor = await openDraft(`${PLAIN} ${LESSON} ${PLAIN}`);
    await run('variorum.checkDocument');
    const [moral] = problems(editor);
    assert.ok(moral);
    await apply(editor, moral, /^Delete This Sentence$/);
    assert.equal(editor.document.getText(), `${PLAIN} ${PLAIN}`);
    await until('it is gone', () => problems(editor).length === 0);
  });

  it('are offered no fix that was made for an older text', async () => {
    const editor = await openDraft(`${PLAIN} ${LESSON} ${PLAIN}`);
    await run('variorum.checkDocument');
    const [moral] = problems(editor);
    assert.ok(moral);
    for (let i = 0; i < 5; i++) {
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 5), 'x'));
      // None, or, when the findings have followed already, those that fit the text as it is.
      for (const { edit } of await fixes(editor, moral)) {
        const deleted = edit?.get(editor.document.uri).map(({ range }) => range) ?? [];
        deleted.forEach((range) => assert.equal(editor.document.getText(range).trim(), LESSON));
      }
    }
  });

  it('can be allowed in this document, which is remembered', async () => {
    const editor = await openDraft(`${LESSON}\n\n${PLAIN}`, 'allowed.md');
    await run('variorum.checkDocument');
    const [moral] = problems(editor);
    assert.ok(moral);
    await apply(editor, moral, /in This Document$/);
    await until('it is gone', () => problems(editor).length === 0);
    const { uri } = editor.document;
    await close(editor);
    const again = await openAt(uri);
    await run('variorum.checkDocument');
    assert.deepEqual(problems(again), []);
    const other = await openDraft(`${LESSON}\n\n${PLAIN}`);
    await run('variorum.checkDocument');
    assert.equal(problems(other).length, 1);
  });

  it('can be allowed in this workspace, and always', async () => {
    const editor = await openDraft(`${LESSON}\n\nThen${CANNED}`);
    await run('variorum.checkDocument');
    const moral = problems(editor).find((one) => codeOf(one) === 'moralising');
    assert.ok(moral);
    await apply(editor, moral, /in This Workspace$/);
    await until('it is gone', () => !codes(problems(editor)).includes('moralising'));
    assert.ok((await read('.variorum', 'allow.txt')).split('\n').includes(LESSON));
    const [canned] = problems(editor);
    assert.ok(canned);
    const count = problems(editor).length;
    await apply(editor, canned, /^Always Allow/);
    await until('one fewer', () => problems(editor).length < count);
    const always = vscode.workspace.getConfiguration('variorum.collapse').get<string[]>('allow');
    assert.equal(always?.length, 1);
    const other = await openDraft(`${LESSON}\n\n${PLAIN}`);
    await run('variorum.checkDocument');
    assert.deepEqual(problems(other), []);
    const allow = vscode.Uri.joinPath(workspace(), '.variorum', 'allow.txt');
    await vscode.workspace.fs.writeFile(allow, new Uint8Array());
  });

  it('are as severe as the writer says', async () => {
    const text = LESSON.replace('love', 'books');
    const editor = await openDraft(text);
    await run('variorum.checkDocument');
    assert.deepEqual(codes(problems(editor)), ['moralising']);
    await setting('severity', { moralising: 'error' });
    await until('it is an error', () => problems(editor)[0]?.severity === Severe);
    const [moral] = problems(editor);
    assert.ok(moral);
    await apply(editor, moral, /^Turn Off “Moralising”$/);
    await until('it is off', () => problems(editor).length === 0);
  });

  it('come from the writer’s lists; a broken list takes no other with it', async () => {
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(workspace(), name),
        new TextEncoder().encode(text),
      );
    await write('mine.txt', '# mine\ntin roof\n');
    await write('broken.json', '["a", 7]');
    await setting('lists', ['broken.json', 'gone.txt', 'mine.txt']);
    const editor = await openDraft(PLAIN);
    await run('variorum.checkDocument');
    assert.deepEqual(texts(editor, problems(editor)), ['tin roof']);
    assert.match(problems(editor)[0]?.message ?? '', /mine\.txt/);
  });

  it('make a report that can be read', async () => {
    const editor = await openDraft(`${PLAIN}\n\n${LESSON}`, 'reported.md');
    await continued(api, editor);
    const { service } = await api.collapse.load();
    setCaret(editor, 0);
    await run('variorum.collapseReport');
    const uri = vscode.Uri.from({ scheme: 'variorum-report', path: '/Collapse Report.md' });
    const report = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(report, /### Moralising: 1/);
    assert.match(report, /Line 3/);
    assert.match(report, /### reported\\.md|### reported\.md/);
    assert.ok(service.batches().some(({ document }) => document === 'reported.md'));
    await run('workbench.action.closeActiveEditor');
  });
});
