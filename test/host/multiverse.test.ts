import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { textOfEmitted } from '../../src/core/model/emitted';
import type { VariorumApi } from '../../src/extension';
import { savePlot } from '../../src/host/multiverse/exportPlot';
import type { MultiverseFeature } from '../../src/host/multiverse/multiverseFeature';
import { scriptedModel, writes, writesPlain, type Request } from '../fixtures/scriptedModel';
import { FakeServers, forgetAll, setOwn } from './fakeServers';
import {
  endless,
  numbered,
  openDraft,
  sessionOf,
  setCaret,
  until,
  variorum,
  workspace,
} from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

/** A model that goes on with the same list everywhere. */
function listing(first: number, more: Partial<Parameters<typeof scriptedModel>[0]> = {}) {
  const second = (1 - first) / 2;
  return scriptedModel({
    branches: [
      writes([[' sure', first, { ' sure': first, ' maybe': second }]], { finish: 'length' }),
    ],
    ...more,
  });
}

const FIRSTS = { ' one': 0.3, ' two': 0.25, ' three': 0.2, ' four': 0.1, ' five': 0.05 };

/** Five branches that agree on what could come first. */
function agreeing() {
  return scriptedModel({
    branches: Object.entries(FIRSTS).map(([text, p]) =>
      writes([
        [text, p, FIRSTS],
        [' sure', 0.995],
      ]),
    ),
  });
}

describe('the Multiverse', () => {
  let api: VariorumApi;
  let feature: MultiverseFeature;
  let drafts = 0;

  before(async () => {
    api = await variorum();
    feature = await api.multiverse.feature();
  });
  afterEach(async () => {
    api.models.substitute(undefined);
    feature.plot.stop();
    await feature.plot.act({ kind: 'one-side' });
  });

  const draft = (text: string) => openDraft(text, `multiverse/draft-${drafts++}.md`);
  const view = () => {
    const plot = feature.plot.view();
    assert.ok(plot);
    return plot;
  };
  const side = (at = 0) => {
    const found = feature.plot.sides[at];
    assert.ok(found);
    return found;
  };
  const texts = (id = 0, at = 0) =>
    side(at)
      .multiverse.children(id)
      .map(({ text }) => text);

  describe('with Sketch', () => {
    it('opens from the cursor, and takes what is stored before it asks for anything', async () => {
      api.models.substitute(await api.models.sketch());
      const editor = await draft('The ferry was late again, and nobody on the quay had');
      await run('variorum.continue');
      const session = sessionOf(api, editor);
      await until('it has ended', () => !session.streaming);
      await run('variorum.showMultiverse');
      await until('the tab is there', () => feature.panel.visible);
      assert.equal(view().line, 1);
      assert.match(view().lead, /nobody on the quay had$/);
      const firsts = session.branches().map(({ tokens }) => tokens[0]?.text ?? '');
      const known = texts();
      assert.ok(
        firsts.every((text) => known.includes(text)),
        `${firsts.join()} in ${known.join()}`,
      );
      assert.equal(side().asking.spent.requests, 0);
      assert.ok(side().multiverse.expansions.every(({ origin }) => origin === 'stored'));
      assert.equal(vscode.window.activeTextEditor, editor, 'the focus stays in the draft');
    });

    it('asks for more when it is told to, within the bound, and tells what it used', async () => {
      api.models.substitute(await api.models.sketch());
      await draft('The ferry was late again, and nobody on the quay had');
      await run('variorum.showMultiverse');
      assert.equal(side().multiverse.size, 1, 'nothing is asked before it is said to');
      await feature.plot.act({ kind: 'terms', terms: { cutoff: 0.005, requests: 10 }, zooms: [0] });
      assert.equal(view().sides[0]?.cost.requests, 10);
      await feature.plot.act({ kind: 'ask', zooms: [0] });
      const { asking } = side();
      assert.equal(asking.asked, 10);
      assert.equal(asking.outcome?.kind, 'bound');
      assert.equal(asking.spent.requests, 10);
      assert.ok(asking.spent.promptTokens > 0);
      assert.ok(texts().length > 20);
      assert.equal(side().multiverse.expansions.length, 10);
    });
  });

  it('begins in the middle of a branch at the token under the cursor, and marks what was taken', async () => {
    api.models.substitute(agreeing());
    const editor = await draft('It rained.');
    await run('variorum.continue');
    await run('variorum.insertBranch', { branch: 2 });
    assert.equal(editor.document.getText(), 'It rained. two sure');
    setCaret(editor, 'It rained. tw'.length);
    await run('variorum.showMultiverse');
    const taken = () =>
      side()
        .multiverse.children(0)
        .find((block) => block.taken);
    assert.equal(taken()?.text, ' two');
    assert.deepEqual(texts(), Object.keys(FIRSTS));
    assert.equal(texts(taken()?.id)[0], ' sure');
    setCaret(editor, 'It rained. two s'.length);
    await run('variorum.showMultiverse');
    assert.deepEqual(texts(), [' sure']);
    assert.equal(view().lead, 'It rained. two');
  });

  it('begins where a node of the tree forks, or the branch on a card', async () => {
    api.models.substitute(agreeing());
    const editor = await draft('It rained. The end.');
    setCaret(editor, 10);
    await run('variorum.continue');
    const { tree } = sessionOf(api, editor).journal;
    const node = [...tree.nodes()].find(({ text }) => text === ' three sure');
    assert.ok(node);
    setCaret(editor, 0);
    await run('variorum.showMultiverse', `n:${node.id}`);
    const [taken] = side()
      .multiverse.children(0)
      .filter((block) => block.taken);
    assert.equal(taken?.text, ' three');
    assert.equal(view().lead, 'It rained.');
    await run('variorum.showMultiverse', { branch: 4 });
    const [other] = side()
      .multiverse.children(0)
      .filter((block) => block.taken);
    assert.equal(other?.text, ' four');
  });

  it('stops when it is told to, and keeps what came', async () => {
    let asked = 0;
    const model = listing(0.6, {
      branches: () => {
        asked += 1;
        return asked <= 2 ? [writes([[' sure', 0.6, { ' sure': 0.6 }]])] : [endless('')];
      },
    });
    api.models.substitute(model);
    await draft('It rained.');
    await run('variorum.showMultiverse');
    const asking = feature.plot.act({ kind: 'ask', zooms: [0] });
    await until('it waits for an answer', () => asked >= 3);
    feature.plot.stop();
    await asking;
    assert.equal(side().asking.outcome?.kind, 'stopped');
    assert.equal(side().asking.isAsking, false);
    assert.ok(side().multiverse.size > 1);
    assert.ok(model.requests.every(({ signal }) => signal.aborted || asked <= 2));
  });

  it('keeps what came when a request fails, and says why', async () => {
    const error = {
      code: 'unreachable',
      message: 'Nobody is there.',
      action: 'Start it.',
      retryable: true,
    } as const;
    let asked = 0;
    api.models.substitute(
      listing(0.9, {
        branches: () => {
          asked += 1;
          return asked < 4
            ? [writes([[' sure', 0.9, { ' sure': 0.9 }]])]
            : [[{ do: 'error', error }]];
        },
      }),
    );
    await draft('It rained.');
    await run('variorum.showMultiverse');
    await feature.plot.act({ kind: 'ask', zooms: [0] });
    assert.deepEqual(side().asking.outcome?.error, error);
    assert.equal(side().multiverse.expansions.length, 3);
  });

  it('says of a model without alternatives what it lacks, and does not ask it', async () => {
    api.models.substitute(numbered());
    const editor = await draft('It rained.');
    await run('variorum.continue');
    const no = { value: 'no', evidence: 'It is said to give none.' } as const;
    const plain = scriptedModel({
      id: 'plain',
      label: 'Plain',
      branches: [writesPlain([' word'])],
      capabilities: { logprobs: { ...no, semantics: 'unknown' } },
    });
    api.models.substitute(plain);
    setCaret(editor, 3);
    await run('variorum.showMultiverse');
    assert.match(view().sides[0]?.cannot?.message ?? '', /Plain.*It is said to give none/);
    assert.match(view().sides[0]?.cannot?.action ?? '', /Sketch/);
    await feature.plot.act({ kind: 'ask', zooms: [0] });
    assert.equal(plain.requests.length, 0, 'it is not asked');
  });

  it('puts two models side by side, asked on the same terms', async () => {
    const sure = listing(0.98, { id: 'sure', label: 'Sure' });
    const twenty = { value: 'yes', evidence: 'Twenty.', max: 7 } as const;
    const unsure = listing(0.3, {
      id: 'unsure',
      label: 'Unsure',
      capabilities: { alternatives: twenty },
    });
    api.models.substitute([sure, unsure]);
    await draft('It rained.');
    await run('variorum.showMultiverse');
    await feature.plot.put(1, unsure);
    await feature.plot.act({ kind: 'terms', terms: { cutoff: 0.02, requests: 10 }, zooms: [0, 0] });
    await feature.plot.act({ kind: 'ask', zooms: [0, 0] });
    assert.deepEqual(
      view().sides.map(({ label }) => label),
      ['Sure', 'Unsure'],
    );
    const wanted = (requests: readonly Request[]) =>
      requests.map(({ passage: { before, emitted = [] }, options: { alternatives } }) =>
        [before.slice(0, before.length - textOfEmitted(emitted).length), alternatives].join(),
      );
    assert.deepEqual(
      [...new Set([...wanted(sure.requests), ...wanted(unsure.requests)])],
      ['It rained.,7'],
    );
    assert.equal(sure.requests.length, 10);
    assert.ok(unsure.requests.length <= 10);
    const biggest = (at: number) => side(at).multiverse.block(1)?.probability ?? 0;
    assert.ok(biggest(0) > 0.9 && biggest(1) < 0.5);
  });

  it('asks a server for one token at a time, and no server that only a file names', async () => {
    const origin = 'http://localhost:4321';
    const evil = 'http://localhost:9999';
    const top = { ' the': -0.1, ' a': -3 };
    const logprobs = {
      tokens: [' the'],
      token_logprobs: [-0.1],
      top_logprobs: [top],
      text_offset: [0],
    };
    const event = { choices: [{ index: 0, text: ' the', logprobs, finish_reason: 'length' }] };
    const text = [JSON.stringify(event), '[DONE]'].map((each) => `data: ${each}\n\n`).join('');
    const answer = () => new Response(text, { headers: { 'content-type': 'text/event-stream' } });
    const servers = new FakeServers({ [origin]: answer, [evil]: answer });
    try {
      await forgetAll(api);
      api.models.network.substitute(servers.fetch);
      await setOwn('variorum.models', [`${origin}/v1#tiny`]);
      await until('it is chosen', () => api.models.choices().length === 1);
      await draft('It rained.');
      await run('variorum.showMultiverse');
      await feature.plot.act({ kind: 'terms', terms: { cutoff: 0.02, requests: 10 }, zooms: [0] });
      await feature.plot.act({ kind: 'ask', zooms: [0] });
      const sent = servers
        .to(origin)
        .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
      assert.equal(sent.length, 10);
      assert.ok(sent.every((body) => body['max_tokens'] === 1));
      assert.ok(sent.some(({ prompt }) => String(prompt).endsWith('It rained. the the')));
      assert.deepEqual(texts(), [' the', ' a']);
      await feature.plot.put(0, await api.models.named(`${evil}/v1#bad`));
      await feature.plot.act({ kind: 'ask', zooms: [0] });
      assert.deepEqual(servers.to(evil), []);
      assert.match(side().asking.outcome?.error?.message ?? '', /not among your servers/);
    } finally {
      await forgetAll(api);
    }
  });

  it('saves a picture, and says when it cannot', async () => {
    const to = vscode.Uri.joinPath(workspace(), 'multiverse', 'plot.svg');
    await savePlot(to, 'svg', '<svg/>');
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(to)), '<svg/>');
    await savePlot(to, 'png', 'iVBORw==');
    assert.deepEqual([...(await vscode.workspace.fs.readFile(to))], [0x89, 0x50, 0x4e, 0x47]);
    await assert.rejects(savePlot(to, 'png', ''), /could not be saved.*save it again/s);
  });

  it('says what to do where no draft is in front', async () => {
    await run('workbench.action.closeAllEditors');
    await until('nothing is open', () => vscode.window.activeTextEditor === undefined);
    await assert.rejects(feature.showFromCursor(), /There is no draft to plot/);
  });
});
