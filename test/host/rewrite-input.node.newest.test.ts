import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { PASSAGE, saidIn } from '../fixtures/collapsingServer';
import { scriptedModel, writes } from '../fixtures/scriptedModel';
import { sendStream, TestServer } from '../fixtures/testServer';
import { forgetAll, setOwn } from './fakeServers';
import {
  AFTER,
  BEFORE,
  cardTexts,
  collapsedModel,
  draftWithPassage,
  select,
} from './rewriteSupport';
import { openDraft, sessionOf, setCaret, until, variorum, workspace } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`variorum.${command}`, ...args);
const STRATEGIES = '.variorum/strategies';

async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(workspace(), ...path.split('/'));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

const strategy = (name: string, move: string) =>
  `---\nname: ${name}\nabout: A test's own.\n---\n${move}\n`;

describe('rewriting: what comes in', () => {
  let api: VariorumApi;
  let server: TestServer;

  before(async () => {
    api = await variorum();
  });
  beforeEach(async () => {
    server = await collapsedModel(api);
  });
  afterEach(async () => {
    api.models.substitute(undefined);
    await forgetAll(api);
    await server.close();
  });

  const here = async (argument: unknown = {}) => (await api.rewriting.load()).here(argument);
  const asked = () => server.received.filter(({ path }) => path.endsWith('/chat/completions'));

  describe('strategies of the workspace', () => {
    after(async () => {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(workspace(), STRATEGIES), {
        recursive: true,
      });
    });

    it('are used by name, and anew once their file has changed', async () => {
      const uri = await write(`${STRATEGIES}/mine.md`, strategy('mine', 'Tell it backwards.'));
      await draftWithPassage();
      await here({ strategies: ['mine'] });
      assert.match(
        saidIn(asked()[0] ?? assert.fail()),
        /How to rewrite the passage: Tell it backwards\./,
      );
      await vscode.workspace.fs.writeFile(
        uri,
        new TextEncoder().encode(strategy('mine', 'Tell it sideways.')),
      );
      const saidNow = async () => {
        const count = asked().length;
        await here({ strategies: ['mine'] });
        return saidIn(asked()[count] ?? assert.fail());
      };
      let said = await saidNow();
      for (let tries = 0; !said.includes('sideways') && tries < 20; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        said = await saidNow();
      }
      assert.match(said, /Tell it sideways\./);
    });

    it('that are damaged are left out and untouched, and what is wrong stands in Problems', async () => {
      const text = '---\nname: broken\n---\nTell it.\n';
      const uri = await write(`${STRATEGIES}/broken.md`, text);
      const editor = await draftWithPassage();
      const problems = () => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
      for (let tries = 0; problems().length === 0 && tries < 20; tries++) {
        await here();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.match(problems()[0] ?? '', /broken\.md cannot be used.*about/u);
      const { notices } = sessionOf(api, editor);
      assert.ok(notices.some(({ message }) => message.includes('broken.md')));
      assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), text);
      await vscode.workspace.fs.writeFile(
        uri,
        new TextEncoder().encode(strategy('broken', 'Tell it whole.')),
      );
      await until('it is mended', () => problems().length === 0);
    });

    it('that do not exist are named before anything is asked for', async () => {
      await draftWithPassage();
      await assert.rejects(here({ strategies: ['no such'] }), /no rewrite strategy “no such”/);
      assert.deepEqual(asked(), []);
    });
  });

  describe('exemplars', () => {
    const HUMAN = Array.from(
      { length: 12 },
      (_, i) =>
        `My father kept ${i + 3} clocks, and none of them told the hour that the church did.`,
    ).join(' ');
    const MODEL = Array.from(
      { length: 12 },
      (_, i) => `The testament of hope whispered ${i + 3} times through the tapestry of the night.`,
    ).join(' ');

    afterEach(() => setOwn('variorum.myWriting', undefined));

    it('are the writer’s own prose, and never what a model wrote', async () => {
      const folder = `own-${Date.now()}`;
      await write(`${folder}/human.md`, `${HUMAN}\n`);
      await setOwn('variorum.myWriting', [folder]);
      const other = await openDraft('', `${folder}/draft.md`);
      api.models.substitute(scriptedModel({ branches: [writes([[MODEL, 0.5]])] }));
      await run('continue');
      await run('insertBranch', { branch: 1 });
      assert.equal(other.document.getText(), MODEL);
      await other.document.save();
      api.models.substitute(undefined);
      const editor = await draftWithPassage();
      await here();
      const said = asked().map(saidIn).join('\n');
      assert.match(said, /My father kept 3 clocks/);
      assert.doesNotMatch(said, /tapestry of the night/);
      assert.ok(sessionOf(api, editor).notices.every(({ fix }) => fix === undefined));
    });

    it('cannot be pinned from text that is not known to be the writer’s', async () => {
      const editor = await draftWithPassage();
      await here();
      await assert.rejects(
        api.controller.act({ kind: 'pin', branch: 0 }),
        /not known that you wrote/,
      );
      await run('insertBranch', { branch: 1 });
      await assert.rejects(api.controller.act({ kind: 'pin', branch: 0 }), /your own text/);
      assert.notEqual(editor.document.getText(), BEFORE + PASSAGE + AFTER);
    });
  });

  it('says that there is nothing, or too much, and asks nobody', async () => {
    await openDraft(' \n\n  \n', `empty-${Date.now()}/draft.md`);
    await assert.rejects(here(), /nothing to rewrite here/);
    const editor = await openDraft('It rained. '.repeat(3000), `long-${Date.now()}/draft.md`);
    select(editor, 0, editor.document.getText().length);
    await assert.rejects(here(), /too long/);
    assert.deepEqual(asked(), []);
  });

  it('leaves white space and marks of Markdown around the passage where they are', async () => {
    const editor = await openDraft(
      `# Home\n\n- ${PASSAGE}\n- Other\n`,
      `list-${Date.now()}/draft.md`,
    );
    const start = editor.document.getText().indexOf('- Mara');
    select(editor, start - 1, start + PASSAGE.length + 3);
    await here();
    const session = sessionOf(api, editor);
    assert.equal(session.batch?.source, PASSAGE);
    const [first = ''] = cardTexts(session.branches());
    await run('insertBranch', { branch: 1 });
    assert.equal(editor.document.getText(), `# Home\n\n- ${first}\n- Other\n`);
  });

  it('keeps line ends of the document', async () => {
    const text = `One.\r\n\r\n${PASSAGE}\r\n`;
    const editor = await openDraft(text, `crlf-${Date.now()}/draft.md`);
    setCaret(editor, text.indexOf('Mara') + 2);
    select(editor, text.indexOf('Mara'), text.indexOf('Mara') + PASSAGE.length);
    await here();
    const [first = ''] = cardTexts(sessionOf(api, editor).branches());
    await run('insertBranch', { branch: 1 });
    assert.equal(editor.document.getText(), `One.\r\n\r\n${first}\r\n`);
  });

  it('tells how to connect a model where there is only Sketch, and writes nothing', async () => {
    await api.models.choose([]);
    const editor = await draftWithPassage();
    const told = here();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await vscode.commands.executeCommand('notifications.clearAll');
    await told;
    assert.equal(api.sessions.get(editor.document)?.batch, undefined);
  });

  it('stopped at any moment, keeps what came', async () => {
    const slow = await TestServer.start((request, response) => {
      const isFirst = slow.received.filter(({ path }) => path === request.path).length === 1;
      if (isFirst) {
        const words = 'Steam stood on the window, and nobody had eaten from either plate yet.';
        sendStream(response, [
          {
            object: 'chat.completion.chunk',
            choices: [{ index: 0, delta: { content: words }, finish_reason: null }],
          },
          {
            object: 'chat.completion.chunk',
            choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
          },
        ]);
      }
    });
    try {
      await api.models.choose([{ kind: 'endpoint', baseUrl: slow.baseUrl, model: 'slow' }]);
      await until('it is chosen', () => api.models.labels().includes('slow'));
      const editor = await draftWithPassage();
      const rewriting = here();
      const branches = () => api.sessions.get(editor.document)?.branches() ?? [];
      await until('one is there', () => branches().some(({ status }) => status === 'done'));
      await run('stop');
      await rewriting;
      assert.deepEqual(
        branches().map(({ status }) => status),
        ['done', 'stopped', 'stopped', 'stopped', 'stopped'],
      );
      assert.match(cardTexts(branches())[0] ?? '', /^Steam stood/);
      assert.equal(editor.document.getText(), BEFORE + PASSAGE + AFTER);
    } finally {
      await slow.close();
    }
  });

  it('a refusal is shown with what it is, and can be asked for again', async () => {
    const refusing = await TestServer.start((_, response) => {
      const content = 'I’m sorry, but I can’t help with rewriting this passage.';
      sendStream(response, [
        {
          object: 'chat.completion.chunk',
          choices: [{ index: 0, delta: { content }, finish_reason: null }],
        },
        {
          object: 'chat.completion.chunk',
          choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
        },
      ]);
    });
    try {
      await api.models.choose([{ kind: 'endpoint', baseUrl: refusing.baseUrl, model: 'prim' }]);
      await until('it is chosen', () => api.models.labels().includes('prim'));
      const editor = await draftWithPassage();
      await here();
      const [first] = sessionOf(api, editor).branches();
      assert.match(
        first?.rewrite?.fault ?? first?.error?.message ?? '',
        /would not (?:re)?write|refus/iu,
      );
      assert.equal(api.controller.batch().canAskAgain, true);
    } finally {
      await refusing.close();
    }
  });
});
