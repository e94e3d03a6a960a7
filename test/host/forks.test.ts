import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import type { LanguageModel } from '../../src/core/model/languageModel';
import { scriptedModel, writes, type Part } from '../fixtures/scriptedModel';
import { draftedWith, setBranches, textsOf } from './forkSupport';
import { close, openAt, sessionOf, setCaret, until, variorum } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

const FAMILY = '👩‍👩‍👧';

/** A branch with an emoji of several code points, two kinds of quotes and a line end in it. */
const EMOJI: Part[] = [
  [' She', 0.6, { ' She': 0.6, ' He': 0.3 }],
  [` ${FAMILY}`, 0.5],
  [' “waved”\n', 0.4],
  [' slowly', 0.5, { ' slowly': 0.5, ' twice': 0.25, '\uFFFD': 0.05, '<|endoftext|>': 0.1 }],
  [' home', 0.5],
];
const PREFIX = ` She ${FAMILY} “waved”\n`;

describe('forks', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  after(() => api.models.substitute(undefined));

  const drafted = (model: LanguageModel, text?: string) => draftedWith(api, model, text);
  after(() => setBranches(undefined));

  const emoji = () =>
    scriptedModel({
      branches: ({ passage }) =>
        /[.\n]$/u.test(passage.before) ? [writes(EMOJI)] : [writes([[' and went', 0.9]])],
    });

  it('keeps the beginning of a branch to the character, and the branch itself', async () => {
    const model = emoji();
    const editor = await drafted(model);
    const session = sessionOf(api, editor);
    await api.controller.act({ kind: 'pick', branch: 0, token: 3, alternative: 1 });
    assert.deepEqual(textsOf(session), [`${PREFIX} slowly home`, `${PREFIX} twice and went`]);
    assert.equal(model.requests.at(-1)?.passage.before, `It rained.${PREFIX} twice`);
    const [old, made] = session.branches();
    assert.ok(old && made);
    assert.deepEqual(made.tokens.slice(0, 3), old.tokens.slice(0, 3));
    assert.ok(Math.abs((made.tokens[3]?.logprob ?? 0) - Math.log(0.25)) < 1e-9);
    assert.deepEqual(made.fork && { ...made.fork, logprob: 0 }, {
      kind: 'picked',
      from: 0,
      text: ' twice',
      instead: ' slowly',
      logprob: 0,
      told: false,
    });
    const { tree } = session.journal;
    const [a, b] = [tree.node(old.node), tree.node(made.node)];
    assert.deepEqual([b?.parent, b?.at, b?.batch], [a?.parent, a?.at, a?.batch]);
    assert.equal(editor.document.getText(), 'It rained.');
  });

  it('says why a piece of a character, or the end of the text, cannot be picked', async () => {
    const session = sessionOf(api, await drafted(emoji()));
    const picking = (text: string) => {
      const [branch] = session.branches();
      const alternatives = branch?.tokens[3]?.alternatives ?? [];
      const alternative = alternatives.findIndex((other) => other.text === text);
      return api.controller.act({ kind: 'pick', branch: 0, token: 3, alternative });
    };
    await assert.rejects(picking('\uFFFD'), /piece of a character/);
    await assert.rejects(picking('<|endoftext|>'), /end of the text/);
    assert.equal(session.branches().length, 1);
  });

  it('takes the old text’s place only when it is chosen, in a document with CRLF', async () => {
    const editor = await drafted(emoji(), 'One.\r\nIt rained.\r\n');
    const { document } = editor;
    assert.equal(document.eol, vscode.EndOfLine.CRLF);
    await run('variorum.insertBranch', { branch: 1 });
    const inserted = `One.\r\nIt rained.\r\n${PREFIX.replace('\n', '\r\n')} slowly home`;
    assert.equal(document.getText(), inserted);
    setCaret(editor, inserted.indexOf('slowly') + 1);
    const at = sessionOf(api, editor).draft.offsetAt(editor.selection.active);
    await run('variorum.pickAlternative', { uri: document.uri.toString(), at, alternative: 1 });
    assert.equal(document.getText(), inserted);
    await run('variorum.insertBranch', { branch: 2 });
    assert.equal(document.getText(), inserted.replace('slowly home', 'twice and went'));
    await run('undo');
    assert.equal(document.getText(), inserted);
  });

  it('goes on from the document’s own text where the writer has changed it', async () => {
    const model = emoji();
    const editor = await drafted(model);
    const { document } = editor;
    await run('variorum.insertBranch', { branch: 1 });
    const start = document.getText().indexOf('She');
    await editor.edit((edit) =>
      edit.replace(
        new vscode.Range(document.positionAt(start), document.positionAt(start + 3)),
        'Mara',
      ),
    );
    const session = sessionOf(api, editor);
    const at = session.draft.text.indexOf('slowly');
    await run('variorum.pickAlternative', { uri: document.uri.toString(), at, alternative: 1 });
    assert.equal(
      model.requests.at(-1)?.passage.before,
      `It rained.${PREFIX.replace('She', 'Mara')} twice`,
    );
    assert.deepEqual(textsOf(session), [' twice and went']);
    await run('variorum.replaceSelection', { branch: 1 });
    assert.equal(session.draft.text, `It rained.${PREFIX.replace('She', 'Mara')} twice and went`);
  });

  it('is known again after the draft was closed, and can be picked from then, too', async () => {
    const editor = await drafted(emoji());
    await run('variorum.insertBranch', { branch: 1 });
    await api.controller.act({ kind: 'pick', branch: 0, token: 3, alternative: 1 });
    await editor.document.save();
    const { uri } = editor.document;
    await close(editor);
    const again = await openAt(uri);
    await until('its tree is open', () => api.sessions.get(again.document) !== undefined);
    const session = sessionOf(api, again);
    await until('its branches are shown', () => session.branches().length > 1);
    assert.equal(session.branches()[1]?.fork?.text, ' twice');
    await api.controller.act({ kind: 'pick', branch: 0, token: 0, alternative: 1 });
    assert.equal(textsOf(session)[2], ' He and went');
  });

  it('says on the card that a chat model was only told the beginning', async () => {
    const model = emoji();
    const told = {
      ...model,
      prompt: () => ({ strategy: 'instruction' as const, parts: [], parameters: {} }),
    };
    const session = sessionOf(api, await drafted(told));
    await api.controller.act({ kind: 'pick', branch: 0, token: 3, alternative: 1 });
    assert.equal(session.branches()[1]?.fork?.told, true);
    assert.deepEqual(model.requests.at(-1)?.passage.taken, ['slowly home']);
    assert.ok(session.notices.some(({ message }) => message.includes('cannot be made to go on')));
  });

  it('tries a failed one again with the same beginning', async () => {
    let fails = true;
    const model = scriptedModel({
      branches: ({ passage }) => {
        if (passage.before === 'It rained.') {
          return [writes(EMOJI)];
        }
        const error = { code: 'stream', message: 'No.', action: '', retryable: true } as const;
        return fails ? [[{ do: 'error', error }]] : [writes([[' again', 0.5]])];
      },
    });
    const session = sessionOf(api, await drafted(model));
    await api.controller.act({ kind: 'pick', branch: 0, token: 3, alternative: 1 });
    assert.equal(session.branches()[1]?.status, 'failed');
    fails = false;
    await api.controller.act({ kind: 'retry', branch: 1 });
    assert.equal(textsOf(session)[1], `${PREFIX} twice again`);
    assert.equal(session.branches()[1]?.fork?.text, ' twice');
  });
});
