import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LanguageModel } from '../../src/core/model/languageModel';
import { commonPrefix } from '../../src/core/text/common';
import type { VariorumApi } from '../../src/extension';
import { scriptedModel, writes, writesPlain, type Part } from '../fixtures/scriptedModel';
import {
  BORDER,
  draftedWith,
  scores,
  setBranches,
  STUCK,
  STUCK_TEXT,
  stuckModel,
  textsOf,
  word,
} from './forkSupport';
import { setOwn } from './fakeServers';
import { close, openAt, sessionOf, setCaret, until, variorum } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

describe('forks: where it froze, and out of there', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  after(async () => {
    api.models.substitute(undefined);
    await setBranches(undefined);
  });

  const drafted = (model: LanguageModel, text?: string) => draftedWith(api, model, text);

  it('marks where it froze, and escapes from there into siblings that differ', async () => {
    const session = sessionOf(api, await drafted(stuckModel()));
    await api.controller.act({ kind: 'freeze', branch: 0 });
    const { freeze } = session.branches()[0] ?? {};
    assert.ok(freeze);
    assert.equal(freeze.by, 'tokens');
    assert.equal(freeze.borders.length, 3);
    assert.equal(freeze.noReturn, 1);
    assert.equal(freeze.borders[1]?.start, BORDER);
    const request = session.batch?.request;
    assert.ok(request);
    request.options = { ...request.options, n: 3 };
    await api.controller.act({ kind: 'escape', branch: 0, from: BORDER });
    const [old, ...others] = textsOf(session);
    assert.equal(old, STUCK_TEXT);
    assert.equal(others.length, 3);
    assert.equal(new Set(others.map((text) => text.split('after')[0])).size, 3);
    for (const [at, text] of others.entries()) {
      const shared = commonPrefix(text, STUCK_TEXT);
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
    assert.equal(model.requests[1].options.n, 1);
    const kept = model.requests[1].passage.before.slice('It rained.'.length);
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
    let editor = await drafted(model);
    let session = sessionOf(api, editor);
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
    // Nothing generated is lost, and none of it is in the way.
    const { tree } = session.journal;
    assert.equal(tree.batches().length, 1);
    const samples = tree.children(session.branches()[0]?.node ?? null);
    assert.equal(samples.length, 15);
    assert.ok(samples.every(({ id }) => tree.isPruned(id)));
    assert.deepEqual(
      samples.flatMap((sample) => (sample.at === 0 ? sample.text : [])).sort(),
      [...ways].sort(),
    );
    await editor.document.save();
    await close(editor);
    editor = await openAt(editor.document.uri);
    await until('the tree is read', () => api.sessions.get(editor.document)?.batch !== undefined);
    session = sessionOf(api, editor);
    assert.deepEqual(session.branches()[0]?.freeze, freeze);
  });

  it('marks forks and stuck runs in the ruler, but where colours wait to be asked for', async () => {
    const editor = await drafted(stuckModel());
    await run('variorum.insertBranch', { branch: 1 });
    const session = sessionOf(api, editor);
    const { landmarks } = await api.forks.load();
    const words = async () => {
      const { fork, stuck } = await landmarks.marked(session);
      const text = editor.document.getText();
      return [fork, stuck].map((places) => places.map(({ start, end }) => text.slice(start, end)));
    };
    const [forks, [stuck = ''] = []] = await words();
    assert.deepEqual(forks, ['Mara', 'laughed', '.']);
    assert.ok(STUCK_TEXT.slice(BORDER).includes(stuck) && stuck.includes('windows'), stuck);
    await setOwn('variorum.editorColours', 'onDemand');
    try {
      assert.deepEqual(await words(), [[], []]);
      api.models.substitute(stuckModel({ score: scores }));
      await run('variorum.showTokenConfidence');
      assert.deepEqual((await words())[0], forks, 'what was scored was asked for');
    } finally {
      await setOwn('variorum.editorColours', undefined);
    }
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

  it('offers the way out as a quick fix of what was found stuck', async () => {
    const editor = await drafted(stuckModel());
    const session = sessionOf(api, editor);
    await until('the branch was read', () => session.batch?.review !== undefined);
    await run('variorum.insertBranch', { branch: 1 });
    // Who takes a branch in spite of its chips has dismissed them; here they are wanted again.
    const node = session.branches()[0]?.node ?? '';
    const { journal } = session;
    await until('they are dismissed', () => journal.tree.marks(node).has('dismissed'));
    await journal.recordMark(node, 'dismissed', null);
    await run('variorum.checkDocument');
    const { document } = editor;
    const stuck = () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ code }) => typeof code === 'object' && code.value === 'stuck-run');
    await until('the stuck run is in Problems', () => stuck() !== undefined);
    const found = stuck();
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    const command = actions.find(({ title }) => title.startsWith('Escape Here'))?.command;
    assert.ok(command);
    await run(command.command, ...((command.arguments ?? []) as unknown[]));
    const [, escaped] = session.branches();
    assert.equal(escaped?.fork?.kind, 'escape');
    assert.equal(document.getText(), `It rained.${STUCK_TEXT}`);
    await run('variorum.clearFindings');
  });

  it('links to alternatives in the hover, with the model’s text inert', async () => {
    const hostile = '[x](command:workbench.action.quit)';
    const model = scriptedModel({
      branches: ({ passage }) =>
        passage.before === 'It rained.'
          ? [writes([[' hard', 0.6, { ' hard': 0.6, [hostile]: 0.2, ' softly': 0.1 }]])]
          : [writes([[' again', 0.5]])],
    });
    const editor = await drafted(model);
    await run('variorum.insertBranch', { branch: 1 });
    const at = editor.document.positionAt('It rained. h'.length);
    const { uri } = editor.document;
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      at,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((each) => (each as vscode.MarkdownString).value),
    );
    const links = [...texts.join('\n').matchAll(/(?<!\\)\]\(command:([^)?]+)\?([^)]*)\)/gu)];
    assert.deepEqual(
      links.map(([, name]) => name),
      ['variorum.pickAlternative', 'variorum.pickAlternative'],
    );
    const given = JSON.parse(decodeURIComponent(links[1]?.[2] ?? '')) as unknown[];
    await run('variorum.pickAlternative', ...given);
    assert.equal(textsOf(sessionOf(api, editor))[1], ' softly again');
  });
});
