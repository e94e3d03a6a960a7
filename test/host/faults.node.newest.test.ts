import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { FAULTS, type FaultName } from '../fixtures/faultServer';
import { sendJson, sendStream, TestServer, type Handler } from '../fixtures/testServer';
import { forgetAll, setOwn } from './fakeServers';
import { openDraft, sessionOf, until, variorum } from './support';

const DRAFT = 'The ferry was late.\n\n';
const WHOLE = 'She opened the door.';

/** What each fault says on its cards, and what came before it. Those that wait for a timeout are left to unit tests. */
const SAYS: Record<
  Exclude<FaultName, 'none' | 'whole' | 'endless' | 'silent' | 'stalled'>,
  { message: RegExp; action: RegExp; came?: string }
> = {
  unauthorized: { message: /wants a key/, action: /Set a key/ },
  forbidden: { message: /Your plan does not include/, action: /what the key may do/ },
  'not-found': { message: /does not know the model/, action: /name of the model/ },
  'rate-limited': { message: /takes no more requests just now/, action: /Wait/ },
  quota: { message: /quota at .* is used up/, action: /Add credit/ },
  server: { message: /CUDA out of memory/, action: /Try again/ },
  loading: { message: /is not ready.*Loading model/, action: /in a moment/ },
  context: { message: /1200 tokens long; the model takes 512/, action: /longer context/ },
  'hangs-up': { message: /./, action: /./ },
  broken: { message: /./, action: /./, came: 'She opened' },
  unfinished: { message: /./, action: /./, came: 'She opened' },
  malformed: { message: /not JSON/, action: /./, came: 'She' },
  'error-in-stream': { message: /engine died/, action: /What came is kept/, came: 'She' },
  'error-as-answer': { message: /No such tenant/, action: /./ },
  html: { message: /text\/html/, action: /base URL/ },
  'no-choices': { message: /without any text/, action: /Try again/ },
  empty: { message: /without any text/, action: /Try again/ },
};

describe('faults of a server, beside one that works', () => {
  let api: VariorumApi;
  let good: TestServer;
  const servers: TestServer[] = [];

  before(async () => {
    api = await variorum();
    await forgetAll(api);
    api.models.network.substitute(undefined);
    await setOwn('variorum.spread', 'plain');
    await setOwn('variorum.branches', 4);
    good = await TestServer.start(FAULTS.none);
  });
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
  after(async () => {
    await good.close();
    await setOwn('variorum.spread', undefined);
    await setOwn('variorum.branches', undefined);
    await forgetAll(api);
  });

  const at = ({ baseUrl }: TestServer) => ({ kind: 'endpoint', baseUrl, model: 'm' }) as const;

  /** Four branches from the end of a draft: two of a server that answers so, two of the good one. */
  async function continueWith(handler: Handler, name: string) {
    const server = await TestServer.start(handler);
    servers.push(server);
    await api.models.choose([at(server), at(good)]);
    await until('both are chosen', () => api.models.choices().length === 2);
    const editor = await openDraft(DRAFT, `faults/${name}/draft.md`);
    await vscode.commands.executeCommand('variorum.continue');
    return { editor, session: sessionOf(api, editor) };
  }

  for (const [name, { message, action, came = '' }] of Object.entries(SAYS)) {
    it(`${name}: says so on its cards, keeps what came, and the others go on`, async () => {
      const { editor, session } = await continueWith(FAULTS[name as FaultName], name);
      const branches = session.branches();
      assert.deepEqual(
        branches.map(({ status }) => status),
        ['failed', 'done', 'failed', 'done'],
      );
      for (const { index, error, tokens } of branches) {
        const text = tokens.map((token) => token.text).join('');
        if (index % 2 === 1) {
          assert.equal(text, WHOLE);
          continue;
        }
        assert.match(error?.message ?? '', message);
        assert.match(error?.action ?? '', action);
        assert.equal(text, index === 0 ? came : '');
      }
      assert.equal(editor.document.getText(), DRAFT);
      await vscode.commands.executeCommand('variorum.insertBranch', { branch: 2 });
      assert.equal(editor.document.getText(), DRAFT + WHOLE);
    });
  }

  it('a branch is asked for again by itself, once the server is well', async () => {
    let isWell = false;
    const { session } = await continueWith(
      (request, response, server) => FAULTS[isWell ? 'none' : 'server'](request, response, server),
      'again',
    );
    isWell = true;
    await session.retry(2);
    assert.deepEqual(
      session.branches().map(({ status }) => status),
      ['failed', 'done', 'done', 'done'],
    );
  });

  it('a request that was too long goes out shorter, and the view says what stayed out', async () => {
    const { editor } = await continueWith((_, response) => sendStream(response, []), 'long');
    const server = await TestServer.start((request, response) => {
      const { prompt = '' } = request.body as { prompt?: string };
      if (prompt.length > 800) {
        const error = { type: 'exceed_context_size_error', n_prompt_tokens: 4000, n_ctx: 300 };
        sendJson(response, 400, { error });
      } else {
        FAULTS.none(request, response);
      }
    });
    servers.push(server);
    await api.models.choose([at(server)]);
    await until('it is chosen', () => api.models.choices().length === 1);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'A line of a long story.\n\n'.repeat(200));
    });
    await vscode.commands.executeCommand('variorum.continue');
    const session = sessionOf(api, editor);
    assert.deepEqual(
      session.branches().map(({ status }) => status),
      Array.from({ length: 4 }, () => 'done'),
    );
    const notice = session.notices.find(({ message }) => message.includes('not sent'));
    assert.match(notice?.message ?? '', /takes about 300 tokens at once: the \d{4} characters/);
  });
});
