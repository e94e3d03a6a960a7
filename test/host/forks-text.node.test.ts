import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LanguageModel } from '../../src/core/model/languageModel';
import type { VariorumApi } from '../../src/extension';
import type { ListChoice, Present } from '../../src/host/forks/freezeList';
import type { FreezeView } from '../../src/protocol';
import { tokensOf } from '../fixtures/scriptedModel';
import { hoverText, wordsScored } from './confidenceSupport';
import {
  BORDER,
  SCORE,
  scores,
  setBranches,
  STUCK_TEXT,
  stuckModel,
  textsOf,
  word,
} from './forkSupport';
import { close, openDraft, sessionOf, setCaret, until, variorum } from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

const START = 'It rained.';
const OWN = `${START}${STUCK_TEXT}`;
/** The writer's own paragraph, and one after it that nothing is about. */
const PAGE = `${OWN}\n\nThe end.`;

/** Scores the paragraph, and goes on from any beginning in a way of that beginning's own. */
function scorer(more: Partial<LanguageModel> = {}) {
  return stuckModel({ score: scores, ...more });
}

let drafts = 0;

describe('forks in text that a model has scored', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
    await setBranches(3);
  });
  afterEach(() => run('workbench.action.closeQuickOpen'));
  after(async () => {
    api.models.substitute(undefined);
    await setBranches(undefined);
  });

  const open = async (model: LanguageModel, text = PAGE) => {
    api.models.substitute(model);
    return openDraft(text, `forks-text-${drafts++}/draft.md`);
  };
  const scored = async (model: LanguageModel) => {
    const editor = await open(model);
    setCaret(editor, 3);
    await run('variorum.showTokenConfidence');
    assert.equal(wordsScored(api, editor).join(''), OWN);
    return editor;
  };
  const accept = async (isDone: () => boolean) => {
    for (let tries = 0; tries < 100 && !isDone(); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await run('workbench.action.acceptSelectedQuickOpenItem');
    }
  };

  it('begin a batch at the stuck place, with the probabilities that its words had', async () => {
    const model = scorer();
    const editor = await scored(model);
    await run('variorum.escapeHere');
    const session = sessionOf(api, editor);
    assert.equal(editor.document.getText(), PAGE);
    const forks = session.branches().map(({ fork }) => fork);
    assert.deepEqual(
      forks.map((fork) => [fork?.kind, fork?.from, fork?.text]),
      [' Outside', '…', ' seven'].map((text) => ['escape', null, text]),
    );
    const firsts = session.branches().map(({ tokens: [token] }) => token);
    assert.deepEqual(
      firsts.map((token) => token?.text),
      forks.map((fork) => fork?.text),
    );
    for (const [i, known] of [0.002, 0.0015, 0.001].entries()) {
      assert.ok(Math.abs(Math.exp(firsts[i]?.logprob ?? 0) - known) < 0.02 * known);
    }
    const [first = ''] = textsOf(session);
    assert.ok(first.startsWith(' Outside after'), first);
    // The stuck place is an open one behind the border; what follows it is not handed over.
    const { passage = { before: '', after: '' } } = model.requests[0] ?? {};
    const before = passage.before.slice(0, -' Outside'.length);
    assert.ok(OWN.startsWith(before) && before.length >= START.length + BORDER, before);
    assert.ok(before.length < OWN.indexOf(' Old'), before);
    assert.equal(passage.after, '\n\nThe end.');
    await run('variorum.replaceSelection', { branch: 1 });
    assert.equal(editor.document.getText(), `${before}${first}\n\nThe end.`);
    await run('undo');
    assert.equal(editor.document.getText(), PAGE);
  });

  it('replace the rest of a selection where there is one', async () => {
    const editor = await scored(scorer());
    const to = PAGE.indexOf(' Old');
    const { document } = editor;
    editor.selection = new vscode.Selection(
      document.positionAt(START.length + BORDER),
      document.positionAt(to),
    );
    await run('variorum.escapeHere');
    const session = sessionOf(api, editor);
    const [first = ''] = textsOf(session);
    const { instead = '' } = session.branches()[0]?.fork ?? {};
    await run('variorum.replaceSelection', { branch: 1 });
    const at = PAGE.indexOf(instead, START.length + BORDER);
    assert.equal(document.getText(), PAGE.slice(0, at) + first + PAGE.slice(to));
  });

  it('begin with one alternative, from the hover', async () => {
    const editor = await scored(scorer());
    const hover = await hoverText(editor, PAGE.indexOf('laughed'));
    const links = [...hover.matchAll(/\]\(command:variorum\.pickAlternative\?([^)]*)\)/gu)];
    assert.equal(links.length, 3);
    const given = JSON.parse(decodeURIComponent(links[0]?.[1] ?? '')) as unknown[];
    await run('variorum.pickAlternative', ...given);
    const session = sessionOf(api, editor);
    const [branch] = session.branches();
    assert.equal(branch?.fork?.kind, 'picked');
    assert.equal(branch.fork.instead, ' laughed');
    assert.ok(Math.abs(Math.exp(branch.fork.logprob) - 0.2) < 0.002);
    assert.equal(session.branches().length, 1);
    assert.equal(editor.document.getText(), PAGE);
    await run('variorum.replaceSelection', { branch: 1 });
    const [text = ''] = textsOf(session);
    assert.equal(editor.document.getText(), `${START} Mara${text}\n\nThe end.`);
  });

  it('follow the writer, who goes on above while a place is scored again', async () => {
    let letGo: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (letGo = resolve));
    let asked = 0;
    const editor = await scored(
      scorer({
        score: async function* (_text, _signal, options) {
          asked += 1;
          if ((options?.alternatives ?? 0) > 5) {
            await waiting;
            return;
          }
          yield SCORE;
        },
      }),
    );
    await setBranches(4);
    try {
      const done = Promise.resolve(run('variorum.escapeHere'));
      await until('the place is scored again', () => asked === 2);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Late. '));
      letGo();
      await done;
    } finally {
      await setBranches(3);
    }
    const session = sessionOf(api, editor);
    const [first = ''] = textsOf(session);
    const { instead = '' } = session.branches()[0]?.fork ?? {};
    await run('variorum.replaceSelection', { branch: 1 });
    const at = PAGE.indexOf(instead, START.length + BORDER);
    assert.equal(editor.document.getText(), `Late. ${PAGE.slice(0, at)}${first}\n\nThe end.`);
  });

  it('take a longer list where the one at hand is too short, by the same model', async () => {
    const long = { ' Outside': 0.002, '“': 0.0012, ' seven': 0.001, ' Nobody': 0.0005 };
    const spans: unknown[] = [];
    const model = scorer({
      score: async function* (text, _signal, options) {
        await Promise.resolve();
        const { span, alternatives = 0 } = options ?? {};
        if (!span || alternatives <= 5) {
          yield SCORE;
          return;
        }
        spans.push(span);
        const own = text.slice(span.start, span.end);
        const tokens = tokensOf([word(own, 0.995, long)], span.start);
        yield { ...SCORE, tokens };
      },
    });
    const editor = await scored(model);
    await setBranches(4);
    try {
      await run('variorum.escapeHere');
    } finally {
      await setBranches(3);
    }
    assert.equal(spans.length, 1);
    const texts = sessionOf(api, editor)
      .branches()
      .map(({ fork }) => fork?.text);
    assert.deepEqual(texts.sort(), [' Nobody', ' Outside', ' seven', '“']);
  });

  describe('where it froze', () => {
    const answering = async (
      choices: (ListChoice | undefined)[],
      work: () => Thenable<unknown>,
    ): Promise<FreezeView[]> => {
      const forks = await api.forks.load();
      const before = forks.present;
      const seen: FreezeView[] = [];
      const answer: Present = (view) => Promise.resolve(choices[seen.push(view) - 1]);
      forks.present = answer;
      try {
        await work();
      } finally {
        forks.present = before;
      }
      return seen;
    };

    it('is a list of the sentences, from which one goes to a sentence or escapes', async () => {
      const editor = await scored(scorer());
      const [view] = await answering([{ do: 'go', sentence: 2 }], () =>
        run('variorum.whereDidItFreeze'),
      );
      assert.equal(view?.by, 'tokens');
      assert.deepEqual(
        view.borders.map(({ futures }) => futures === null),
        [true, false, false, false],
      );
      assert.equal(view.noReturn, 2);
      const caret = editor.document.offsetAt(editor.selection.active);
      assert.equal(caret, PAGE.indexOf('Then rain'));
      const session = sessionOf(api, editor);
      assert.equal(session.batch, undefined, 'nothing was asked for yet');
      await answering([{ do: 'escape', sentence: 3 }], () => run('variorum.whereDidItFreeze'));
      const [branch] = session.branches();
      assert.equal(branch?.fork?.kind, 'escape');
      assert.ok(PAGE.indexOf(branch.fork.instead) >= PAGE.indexOf(' Old'));
    });

    it('goes to the first sentence when Enter is pressed in the list', async () => {
      const editor = await scored(scorer());
      setCaret(editor, 20);
      const done = Promise.resolve(run('variorum.whereDidItFreeze'));
      await accept(() => editor.selection.active.character === 0);
      await done;
      assert.equal(editor.document.offsetAt(editor.selection.active), 0);
    });

    it('resamples once the cost was agreed to, and where nothing is known of it', async () => {
      const model = scorer();
      const editor = await scored(model);
      const forks = await api.forks.load();
      const { confirm } = forks;
      const costs: unknown[] = [];
      forks.confirm = (cost) => Promise.resolve(costs.push(cost) > 0);
      try {
        const [, view] = await answering([{ do: 'resample' }, undefined], () =>
          run('variorum.whereDidItFreeze'),
        );
        assert.deepEqual(costs, [{ borders: 4, branches: 5, tokens: 800, model: 'Scripted' }]);
        assert.equal(view?.by, 'samples');
        assert.equal(view.borders.length, 4);
      } finally {
        forks.confirm = confirm;
      }
      assert.equal(editor.document.getText(), PAGE);
    });
  });

  it('offer to score first where there are no tokens, and go on then', async () => {
    const model = scorer();
    const editor = await open(model);
    setCaret(editor, 3);
    const session = () => api.sessions.get(editor.document);
    const done = Promise.resolve(run('variorum.escapeHere'));
    await accept(() => session()?.batch !== undefined);
    await done;
    assert.equal(wordsScored(api, editor).join(''), OWN);
    assert.equal(sessionOf(api, editor).branches().length, 3);
  });

  it('offer Sketch where the model chosen cannot score', async () => {
    const editor = await open(stuckModel());
    setCaret(editor, 3);
    const isScored = () =>
      (api.sessions.get(editor.document)?.scores.document.attachments.length ?? 0) > 0;
    // It ends in branches or in a message that stays until it is read: neither is waited for.
    void run('variorum.pickAlternative');
    await accept(isScored);
    await until('it is scored', isScored);
    assert.match(await hoverText(editor, 4), /Scored by Sketch/);
    await run('notifications.clearAll');
    await close(editor);
  });
});
