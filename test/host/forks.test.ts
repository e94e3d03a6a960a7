import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import type { LanguageModel } from '../../src/core/model/languageModel';
import type { DocumentSession } from '../../src/host/documentSession';
import { scriptedModel, writes, writesPlain, type Part } from '../fixtures/scriptedModel';
import { close, openAt, openDraft, sessionOf, setCaret, until, variorum } from './support';

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

const CERTAIN = 0.995;
const word = (text: string, p: number, others: Record<string, number>): Part => [
  text,
  p,
  { [text]: p, ...others },
];

/** One way through: the first sentence is open, and from the second on there is none. */
const STUCK: Part[] = [
  word(' Mara', 0.3, { ' He': 0.2, ' The': 0.2, ' Nobody': 0.1 }),
  word(' laughed', 0.2, { ' wept': 0.2, ' ran': 0.2, ' slept': 0.1 }),
  word('.', 0.5, { ' aloud': 0.2, ',': 0.2 }),
  ...[' Then', ' rain', ' covered', ' broken', ' windows'].map((text) =>
    word(text, CERTAIN, { ' Outside': 0.002, '…': 0.0015, ' seven': 0.001 }),
  ),
  word('.', CERTAIN, { '!': 0.004 }),
  ...[' Old', ' thunder', ' followed', ' silver', ' horses'].map((text) =>
    word(text, CERTAIN, { ' Nothing': 0.002, '“': 0.0015, ' three': 0.001 }),
  ),
  word('.', CERTAIN, { '!': 0.004 }),
];
const STUCK_TEXT = STUCK.map(([text]) => text).join('');
/** Where the second sentence begins. */
const BORDER = ' Mara laughed.'.length;

/** Writes the stuck branch, and goes on from any other beginning in a way of that beginning's own. */
function stuckModel(more: Partial<LanguageModel> = {}): ReturnType<typeof scriptedModel> {
  const model = scriptedModel({
    branches: ({ passage }) =>
      passage.before === 'It rained.'
        ? [writes(STUCK)]
        : [writes([[` after ${passage.before.split(/\s/u).at(-1) ?? ''}`, 0.5]])],
  });
  return Object.assign(model, more);
}

const textsOf = (session: DocumentSession) =>
  session.branches().map(({ tokens }) => tokens.map(({ text }) => text).join(''));

describe('forks', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  after(() => api.models.substitute(undefined));

  async function drafted(model: LanguageModel, text = 'It rained.'): Promise<vscode.TextEditor> {
    api.models.substitute(model);
    await vscode.workspace
      .getConfiguration('variorum')
      .update('branches', 1, vscode.ConfigurationTarget.Global);
    const editor = await openDraft(text, `forks-${Date.now()}/draft.md`);
    await run('variorum.continue');
    return editor;
  }
  after(() =>
    vscode.workspace
      .getConfiguration('variorum')
      .update('branches', undefined, vscode.ConfigurationTarget.Global),
  );

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

  it('marks where it froze, and escapes from there into siblings that differ', async () => {
    const session = sessionOf(api, await drafted(stuckModel()));
    await api.controller.act({ kind: 'freeze', branch: 0 });
    const { freeze } = session.branches()[0] ?? {};
    assert.ok(freeze);
    assert.equal(freeze.by, 'tokens');
    assert.equal(freeze.borders.length, 3);
    assert.equal(freeze.noReturn, 1);
    assert.equal(freeze.borders[1]?.start, BORDER);
    await vscode.workspace
      .getConfiguration('variorum')
      .update('branches', 3, vscode.ConfigurationTarget.Global);
    const request = session.batch?.request;
    assert.ok(request);
    request.options = { ...request.options, n: 3 };
    await api.controller.act({ kind: 'escape', branch: 0, from: BORDER });
    const [old, ...others] = textsOf(session);
    assert.equal(old, STUCK_TEXT);
    assert.equal(others.length, 3);
    assert.equal(new Set(others.map((text) => text.split('after')[0])).size, 3);
    for (const [at, text] of others.entries()) {
      const shared = [...text].findIndex((letter, i) => letter !== STUCK_TEXT[i]);
      assert.ok(shared >= BORDER, text);
      const { fork } = session.branches()[at + 1] ?? {};
      assert.equal(fork?.kind, 'escape');
      assert.ok(fork.logprob <= Math.log(0.002) + 1e-6);
    }
  });

  it('asks for the distribution, one token, where no alternatives are stored', async () => {
    const bare = STUCK.map(([text, p]): Part => (typeof p === 'number' ? [text, p] : [text, p]));
    const model = scriptedModel({
      branches: ({ passage, options }) => {
        if (options.maxTokens === 1) {
          const next = STUCK_TEXT.slice(passage.before.length - 'It rained.'.length);
          const [own = ''] = /^\s\S+/u.exec(next) ?? [];
          return [writes([word(own, 0.99, { ' Outside': 0.004, '“': 0.003 })])];
        }
        return passage.before === 'It rained.' ? [writes(bare)] : [writes([[' so', 0.5]])];
      },
    });
    const session = sessionOf(api, await drafted(model));
    await api.controller.act({ kind: 'escape', branch: 0 });
    assert.equal(model.requests[1]?.options.maxTokens, 1);
    assert.equal(model.requests[1]?.options.n, 1);
    const kept = model.requests[1]?.passage.before.slice('It rained.'.length) ?? '';
    assert.ok(STUCK_TEXT.startsWith(kept) && kept.length >= BORDER, kept);
    assert.deepEqual(textsOf(session).slice(1), [`${kept} Outside so`]);
    assert.ok(Math.abs((session.branches()[1]?.fork?.logprob ?? 0) - Math.log(0.004)) < 1e-6);
  });

  it('resamples where there are no probabilities, once the cost was agreed to', async () => {
    const text = ' One lamp burned. Then the flood took the village. Nobody came back again.';
    const start = 'It rained.';
    const ways = [
      ' Gulls cried.',
      ' She bought a violin.',
      ' Trains ran late.',
      ' He died.',
      ' Ok then.',
    ];
    const model = scriptedModel({
      branches: ({ passage, options }) => {
        if (options.n === 1) {
          return [writesPlain([text])];
        }
        return passage.before === start
          ? ways.map((way) => writesPlain([way]))
          : [writesPlain([' The flood took the village.'])];
      },
    });
    const session = sessionOf(api, await drafted(model));
    const forks = await api.forks.load();
    const before = forks.confirm;
    const costs: unknown[] = [];
    try {
      forks.confirm = (cost) => Promise.resolve(costs.push(cost) > 1);
      await api.controller.act({ kind: 'freeze', branch: 0 });
      assert.equal(model.requests.length, 1, 'nothing is sent before the cost was agreed to');
      await api.controller.act({ kind: 'freeze', branch: 0 });
    } finally {
      forks.confirm = before;
    }
    assert.deepEqual(costs[0], { borders: 3, branches: 5, tokens: 600, model: 'Scripted' });
    const { freeze } = session.branches()[0] ?? {};
    assert.equal(freeze?.by, 'samples');
    assert.equal(freeze.noReturn, 1);
    assert.ok((freeze.borders[0]?.futures ?? 0) > 3);
    assert.deepEqual(
      freeze.borders.slice(1).map(({ futures }) => futures),
      [1, 1],
    );
  });

  it('goes from fork to fork, to unlikely words and stuck runs, and says when there is none', async () => {
    const editor = await drafted(stuckModel());
    await run('variorum.insertBranch', { branch: 1 });
    const { document } = editor;
    const at = () =>
      document.getText().slice(document.offsetAt(editor.selection.active)).split(' ')[0];
    setCaret(editor, 0);
    const stops: (string | undefined)[] = [];
    for (let step = 0; step < 3; step += 1) {
      await run('variorum.goToNextFork');
      stops.push(at());
    }
    assert.deepEqual(stops, ['Mara', 'laughed.', '.']);
    await run('variorum.goToPreviousFork');
    assert.equal(at(), 'laughed.');
    await run('variorum.goToNextStuckRun');
    const here = editor.selection.active;
    assert.ok(document.offsetAt(here) >= 'It rained.'.length + BORDER, at());
    await run('variorum.goToNextUncertainToken');
    assert.ok(editor.selection.active.isEqual(here), 'there is no unlikely word, so it stays');
  });
});
