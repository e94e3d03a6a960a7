import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import echoLegacy from '../fixtures/scoring/echo-legacy.json';
import promptLogprobs from '../fixtures/scoring/prompt-logprobs.json';
import refusesEcho from '../fixtures/scoring/refuses-echo.json';
import { scriptedModel, writes } from '../fixtures/scriptedModel';
import { hoverText, wordsScored } from './confidenceSupport';
import { FakeServers, forgetAll, json, setOwn } from './fakeServers';
import {
  attachedTexts,
  close,
  numbered,
  openAt,
  openDraft,
  sessionOf,
  setCaret,
  until,
  variorum,
} from './support';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

const PAGE = [
  'The ferry was late again, and the men on the quay had stopped pretending to look for it.',
  'She counted her change twice. “It will come,” said the boy with the rope; nobody answered him.',
  'By noon the rain had gone out to sea and left the whole town shining like a washed plate.',
].join('\n\n');
const TEXT = 'The sea was grey. Nobody came.';
const ORIGIN = 'https://scores.example';

let drafts = 0;

describe('confidence in the draft', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(async () => {
    await forgetAll(api);
    api.models.substitute(undefined);
  });
  after(async () => {
    api.models.substitute(undefined);
    await setOwn('variorum.editorColours', undefined);
    await setOwn('variorum.confidence.thresholds', undefined);
    await forgetAll(api);
  });

  const open = (text: string) => openDraft(text, `confidence-${drafts++}/draft.md`);

  const scoredWords = (editor: vscode.TextEditor) => wordsScored(api, editor);

  describe('scoring a page of human text with Sketch', () => {
    it('covers all of it, makes it nobody else’s, and puts nothing into the tree', async () => {
      const editor = await open(PAGE);
      await run('variorum.showDocumentConfidence');
      assert.equal(scoredWords(editor).join(''), PAGE);
      const session = sessionOf(api, editor);
      assert.deepEqual(attachedTexts(session), []);
      assert.equal(session.journal.tree.size, 0);
      await run('variorum.exportProvenance');
      await until(
        'the export',
        () => vscode.window.activeTextEditor?.document.languageId === 'json',
      );
      const exported = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.doesNotMatch(exported, /"kind": "model"/);
      await run('workbench.action.revertAndCloseActiveEditor');
    });

    it('of a paragraph is that paragraph, of a selection the words it touches', async () => {
      const editor = await open(PAGE);
      const [, second = ''] = PAGE.split('\n\n');
      setCaret(editor, PAGE.indexOf('counted'));
      await run('variorum.showTokenConfidence');
      assert.equal(scoredWords(editor).join('').trim(), second);
      await run('variorum.clearTokenConfidence');
      assert.deepEqual(scoredWords(editor), []);
      const at = PAGE.indexOf('rain had');
      const [from, to] = [editor.document.positionAt(at), editor.document.positionAt(at + 8)];
      editor.selection = new vscode.Selection(from, to);
      await run('variorum.showTokenConfidence');
      assert.equal(scoredWords(editor).join('').trim(), 'rain had');
    });

    it('survives edits around and inside, undo, a change of line ends, and reopening', async () => {
      let editor = await open(PAGE);
      await run('variorum.showDocumentConfidence');
      const all = scoredWords(editor).length;
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Before. '));
      const inside = editor.document.getText().indexOf('ounted');
      await editor.edit((edit) => edit.insert(editor.document.positionAt(inside), 'X'));
      const words = scoredWords(editor);
      assert.equal(words.length, all - 1);
      assert.ok(!words.some((word) => word.includes('counted')));
      assert.ok(words.some((word) => word.includes('She')));
      await run('undo');
      await until('undo brings it back', () => scoredWords(editor).length === all);
      await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
      assert.equal(scoredWords(editor).join(''), PAGE);
      await editor.document.save();
      const { uri } = editor.document;
      await close(editor);
      editor = await openAt(uri);
      await until('it is there again', () => {
        const session = api.sessions.get(editor.document);
        return session !== undefined && session.scores.document.attachments.length > 0;
      });
      assert.equal(scoredWords(editor).join(''), PAGE);
      assert.match(
        await hoverText(editor, editor.document.getText().indexOf('ferry') + 1),
        /Scored by Sketch/,
      );
    });

    it('of text that was replaced behind its back keeps only what still stands', async () => {
      const editor = await open(PAGE);
      await run('variorum.showDocumentConfidence');
      await editor.document.save();
      const [first = '', , third = ''] = PAGE.split('\n\n');
      const other = `${first}\n\nAnother hand wrote this one instead, on another day.\n\n${third}`;
      await vscode.workspace.fs.writeFile(editor.document.uri, new TextEncoder().encode(other));
      await until('it is reloaded', () => editor.document.getText() === other, 20_000);
      const shown = scoredWords(editor).join('');
      assert.ok(shown.includes(first) && shown.includes(third.slice(4)));
      assert.ok(!shown.includes('Another hand'));
    });

    it('goes with its file when that is renamed', async () => {
      const editor = await open(PAGE);
      await run('variorum.showDocumentConfidence');
      await editor.document.save();
      const { uri } = editor.document;
      const to = vscode.Uri.joinPath(uri, '..', 'renamed.md');
      const rename = new vscode.WorkspaceEdit();
      rename.renameFile(uri, to);
      assert.ok(await vscode.workspace.applyEdit(rename));
      const renamed = await openAt(to);
      const scores = () => api.sessions.get(renamed.document)?.scores.document.attachments ?? [];
      await until('its scores are there', () => scores().length > 0, 15_000);
      assert.equal(scoredWords(renamed).join(''), PAGE);
    });

    it('moves with what is cut and pasted elsewhere', async () => {
      const editor = await open(PAGE);
      await run('variorum.showDocumentConfidence');
      const [first = ''] = PAGE.split('\n\n');
      await editor.edit((edit) => {
        edit.delete(new vscode.Range(0, 0, 2, 0));
        edit.insert(editor.document.positionAt(PAGE.length), `\n\n${first}`);
      });
      const shown = scoredWords(editor).join('');
      assert.ok(shown.includes(first), shown);
    });

    it('marks a token that was edited as one without a probability', async () => {
      const editor = await open(PAGE);
      await run('variorum.showDocumentConfidence');
      const at = PAGE.indexOf('pretending') + 4;
      await editor.edit((edit) => edit.insert(editor.document.positionAt(at), 'zz'));
      assert.match(await hoverText(editor, at - 1), /You changed this text/);
    });
  });

  describe('scoring by a server', () => {
    const answers = (files: { response: { status: number; json: unknown } }[]) => {
      const left = [...files];
      const servers = new FakeServers({
        [ORIGIN]: () => {
          const next = left.shift();
          return next ? json(next.response.json, next.response.status) : json({}, 404);
        },
      });
      api.models.network.substitute(servers.fetch);
      return servers;
    };
    const choose = async (model: string) => {
      await api.models.choose([{ kind: 'endpoint', baseUrl: `${ORIGIN}/v1`, model }]);
      await until('it is chosen', () => api.models.choices().length === 1);
    };

    for (const [form, files] of [
      ['echo', [echoLegacy]],
      ['prompt logprobs', [refusesEcho, promptLogprobs]],
    ] as const) {
      it(`${form}: the numbers of the wire are those of the hover`, async () => {
        const servers = answers([...files]);
        // Each has a model of its own: what one was seen to do is remembered.
        await choose(`base-${files.length}`);
        const editor = await open(TEXT);
        await run('variorum.showDocumentConfidence');
        assert.equal(scoredWords(editor).join(''), TEXT);
        assert.equal(servers.sent.length, files.length);
        const nobody = await hoverText(editor, TEXT.indexOf('Nobody'));
        assert.match(nobody, /·Nobody\s+·\s+0\.4%/);
        assert.match(nobody, /choice 3 of the 3 listed/);
        assert.match(nobody, /36\.8%\s+·The/);
        assert.match(nobody, /Scored by base-/);
        assert.match(await hoverText(editor, 1), /Nothing stands before it/);
        assert.match(await hoverText(editor, TEXT.indexOf('grey')), /stand-in/);
      });
    }

    it('a model that cannot says which ability it lacks and offers Sketch', async () => {
      api.models.substitute(numbered());
      const editor = await open(PAGE);
      setCaret(editor, 3);
      const isScored = () =>
        (api.sessions.get(editor.document)?.scores.document.attachments.length ?? 0) > 0;
      const done = Promise.resolve(run('variorum.showTokenConfidence'));
      // The list opens with Sketch as its first line.
      for (let tries = 0; tries < 100 && !isScored(); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await run('workbench.action.acceptSelectedQuickOpenItem');
      }
      await done;
      assert.match(scoredWords(editor).join(''), /ferry/);
      assert.match(await hoverText(editor, PAGE.indexOf('ferry')), /Scored by Sketch/);
    });
  });

  describe('what is coloured', () => {
    const SURE = writes([
      [' the rain', 0.4, { ' the rain': 0.4, ' the sea': 0.3 }],
      [' stopped', 0.995, { ' stopped': 0.995, ' began': 0.003 }],
      [' at once and nobody spoke of it', 0.95],
    ]);
    const coloured = (editor: vscode.TextEditor) => {
      const session = sessionOf(api, editor);
      return api.confidence.decorations
        .marked(session, { start: 0, end: session.draft.text.length })
        .map(({ shown, reading }) => ({
          text: session.draft.text.slice(shown.start, shown.end),
          ...reading,
        }));
    };

    beforeEach(() => api.models.substitute(scriptedModel({ branches: [SURE] })));

    it('is the last insertion until the writer types, then what is asked for', async () => {
      const editor = await open('It was late and');
      await run('variorum.continue');
      await run('variorum.insertBranch', { branch: 1 });
      assert.equal(coloured(editor).length, 3);
      await run('type', { text: '.' });
      assert.deepEqual(coloured(editor), []);
      await run('variorum.toggleTokenColors');
      assert.equal(coloured(editor).length, 3);
      await run('variorum.toggleTokenColors');
      assert.deepEqual(coloured(editor), []);
      await setOwn('variorum.editorColours', 'always');
      assert.deepEqual(coloured(editor), [], 'what was chosen for this document counts');
      const other = await open('It was late and');
      await run('variorum.continue');
      await run('variorum.insertBranch', { branch: 1 });
      await run('type', { text: '.' });
      assert.equal(coloured(other).length, 3);
      await setOwn('variorum.editorColours', 'onDemand');
      await until('none are asked for', () => coloured(other).length === 0);
      await setOwn('variorum.editorColours', undefined);
    });

    it('tells stuck from given by the human yardstick', async () => {
      const editor = await open('It was late and');
      await run('variorum.continue');
      await run('variorum.insertBranch', { branch: 1 });
      await until('the yardstick was asked', () =>
        coloured(editor).some(({ certainty }) => certainty === 'stuck'),
      );
      assert.deepEqual(
        coloured(editor).map(({ step, certainty }) => `${step} ${certainty}`),
        ['plain null', 'surer stuck', 'sure null'],
      );
      const hover = await hoverText(editor, editor.document.getText().indexOf('stopped'));
      assert.match(hover, /stuck/);
      assert.match(hover, /Without the winner/);
      assert.match(hover, /Written by/);
    });

    it('follows the thresholds of the setting, and the usual ones where that makes no sense', async () => {
      const editor = await open('It was late and');
      await run('variorum.continue');
      await run('variorum.insertBranch', { branch: 1 });
      const steps = () =>
        coloured(editor)
          .map(({ step }) => step)
          .join();
      await setOwn('variorum.confidence.thresholds', { sure: 0.3, surer: 0.96 });
      await until('they count', () => steps() === 'sure,surer,sure');
      await setOwn('variorum.confidence.thresholds', { sure: 0.999 });
      await until('they do not count', () => steps() === 'plain,surer,sure');
      await setOwn('variorum.confidence.thresholds', undefined);
    });

    it('ends a branch in a summary that stands behind its line', async () => {
      const editor = await open('It was late and\n\nNext.');
      setCaret(editor, 'It was late and'.length);
      await run('variorum.continue');
      await run('variorum.insertBranch', { branch: 1 });
      const hints = () =>
        vscode.commands.executeCommand<vscode.InlayHint[]>(
          'vscode.executeInlayHintProvider',
          editor.document.uri,
          new vscode.Range(0, 0, 3, 0),
        );
      const [hint, ...more] = await hints();
      assert.deepEqual(more, []);
      assert.equal(hint?.position.line, 0);
      assert.equal(hint.position.character, editor.document.lineAt(0).text.length);
      const label =
        typeof hint.label === 'string' ? hint.label : hint.label.map(({ value }) => value).join('');
      assert.match(label, /^\[perplexity \d.*% stuck\]$/);
      await setOwn('variorum.confidence.summaries', false);
      await until(
        'the setting is read',
        () => !vscode.workspace.getConfiguration('variorum.confidence').get('summaries', true),
      );
      assert.deepEqual(await hints(), []);
      await setOwn('variorum.confidence.summaries', undefined);
    });
  });
});
