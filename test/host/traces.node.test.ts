import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openAt } from './support';
import { PRESS_LINE, TEST_LINE } from '../../scripts/hosts/test-line';
import { replay, type Trace } from '../unit/attachment/trace';
import type { EditorEvent } from '../unit/attachment/editor';

/**
 * Records what this editor sends while somebody works in it, and holds attachment against it.
 *
 * To keep what it sends as fixtures of the unit tests, name a folder:
 *   VARIORUM_TRACES=$PWD/test/fixtures/traces npm run test:host -- --kind node --grep "event traces"
 */
const KEEP = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env[
  'VARIORUM_TRACES'
];

const BRANCH = ' and the rain came on,\nslow at first, then in earnest; nobody moved.';
const TEXT = `# Draft\n\nThe ferry was late again${BRANCH}\n\nShe counted her change twice.\n`;

interface Scenario {
  name: string;
  /** What is still attached at the end, stretch by stretch. */
  attached: string[];
  text?: string;
  work: (editor: vscode.TextEditor, at: number) => Promise<void>;
}

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);
const type = async (text: string) => {
  for (const letter of text) {
    await run('type', { text: letter });
  }
};
const caret = (editor: vscode.TextEditor, from: number, to = from) => {
  const [a, b] = [editor.document.positionAt(from), editor.document.positionAt(to)];
  editor.selection = new vscode.Selection(a, b);
};
const edit = (editor: vscode.TextEditor, change: (builder: vscode.TextEditorEdit) => void) =>
  editor.edit(change);

const SCENARIOS: Scenario[] = [
  {
    name: 'typing-before-inside-after',
    attached: [' and the rain', BRANCH.slice(' and the rain'.length)],
    async work(editor, at) {
      caret(editor, 0);
      await type('My ');
      caret(editor, at + 3 + ' and the rain'.length);
      await type(', cold,');
      caret(editor, at + 3 + 7 + BRANCH.length);
      await type(' Yes.');
    },
  },
  {
    name: 'undo-redo-of-typing-inside',
    attached: [BRANCH],
    async work(editor, at) {
      caret(editor, at + 9);
      await type('xyz');
      await run('undo');
      await run('redo');
      await run('undo');
    },
  },
  {
    name: 'backspace-inside-and-undo',
    attached: [BRANCH],
    async work(editor, at) {
      caret(editor, at + 13);
      for (let i = 0; i < 5; i++) {
        await run('deleteLeft');
      }
      await run('undo');
    },
  },
  {
    name: 'select-over-both-borders-type-undo',
    attached: [BRANCH],
    async work(editor, at) {
      caret(editor, at - 5, at + BRANCH.length + 4);
      await type('gone');
      await run('undo');
    },
  },
  {
    name: 'line-ends-to-crlf-and-back',
    attached: [BRANCH],
    async work(editor) {
      await edit(editor, (builder) => builder.setEndOfLine(vscode.EndOfLine.CRLF));
      await edit(editor, (builder) => builder.setEndOfLine(vscode.EndOfLine.LF));
    },
  },
  {
    name: 'crlf-typing-before-and-inside',
    text: TEXT.replaceAll('\n', '\r\n'),
    attached: [' and', BRANCH.slice(4)],
    async work(editor, at) {
      caret(editor, 0);
      await type('A\nB');
      caret(editor, at + 4 + 4);
      await type(' so');
    },
  },
  {
    name: 'formatter-rewrites-the-document',
    attached: [BRANCH],
    async work(editor) {
      const provider = vscode.languages.registerDocumentFormattingEditProvider(
        { language: 'markdown' },
        {
          provideDocumentFormattingEdits(document) {
            const all = new vscode.Range(0, 0, document.lineCount, 0);
            const tidied = document
              .getText()
              .replace('# Draft', '# A Draft')
              .replace('twice', 'three times');
            return [vscode.TextEdit.replace(document.validateRange(all), tidied)];
          },
        },
      );
      await run('editor.action.formatDocument');
      provider.dispose();
      assert.match(editor.document.getText(), /three times/);
    },
  },
  {
    name: 'reload-from-disk',
    attached: [
      ' and the rain came on,\nslow',
      BRANCH.slice(' and the rain came on,\nslow at first'.length),
    ],
    async work(editor) {
      await editor.document.save();
      const changed = editor.document
        .getText()
        .replace('Draft', 'Second Draft')
        .replace(' at first', '');
      const seen = new Promise<void>((resolve) => {
        const listener = vscode.workspace.onDidChangeTextDocument((event) => {
          if (event.document === editor.document && event.contentChanges.length > 0) {
            listener.dispose();
            resolve();
          }
        });
      });
      await vscode.workspace.fs.writeFile(editor.document.uri, new TextEncoder().encode(changed));
      await seen;
    },
  },
  {
    name: 'cut-and-paste-a-paragraph',
    attached: [BRANCH],
    async work(editor, at) {
      const end = at + BRANCH.length;
      caret(editor, at - 'The ferry was late again'.length, end);
      await run('editor.action.clipboardCutAction');
      caret(editor, editor.document.getText().length);
      await paste(editor.document);
    },
  },
  {
    name: 'move-line-down',
    attached: [BRANCH.slice(BRANCH.indexOf('\n') + 1), BRANCH.slice(0, BRANCH.indexOf('\n'))],
    async work(editor, at) {
      caret(editor, at);
      await run('editor.action.moveLinesDownAction');
    },
  },
  {
    name: 'several-carets',
    attached: [' and ', 'the rain', BRANCH.slice(' and the rain'.length)],
    async work(editor, at) {
      const places = [2, at + 5, at + 13].map((offset) => editor.document.positionAt(offset));
      editor.selections = places.map((place) => new vscode.Selection(place, place));
      await type('zz');
    },
  },
];

describe('event traces of this editor', () => {
  for (const scenario of SCENARIOS) {
    it(scenario.name, async () => {
      const trace = await record(scenario);
      if (KEEP !== undefined) {
        const file = vscode.Uri.file(`${KEEP}/${scenario.name}.json`);
        const json = new TextEncoder().encode(`${JSON.stringify(trace, null, 2)}\n`);
        await vscode.workspace.fs.writeFile(file, json);
      }
      replay(trace);
    });
  }
});

async function record({ name, attached, text = TEXT, work }: Scenario): Promise<Trace> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder, `${name}.md`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const editor = await openAt(uri);
  const { document } = editor;
  const branch = text.includes('\r') ? BRANCH.replaceAll('\n', '\r\n') : BRANCH;
  const start = text.indexOf(branch);
  const events: EditorEvent[] = [];
  let eol = document.eol;
  const listener = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document === document && event.contentChanges.length > 0) {
      events.push(toEvent(event, eol));
      eol = document.eol;
    }
  });
  await work(editor, start);
  await settled(events);
  listener.dispose();
  const recorded = `VS Code ${vscode.version}`;
  const placed = { start, length: branch.length };
  const trace = { name, recorded, text, placed, events, final: document.getText(), attached };
  await run('workbench.action.revertAndCloseActiveEditor');
  return trace;
}

/** In a browser only a real key may paste. */
async function paste(document: vscode.TextDocument): Promise<void> {
  const before = document.version;
  await run('editor.action.clipboardPasteAction');
  await new Promise((resolve) => setTimeout(resolve, 500));
  if (document.version === before) {
    console.log(`${TEST_LINE}${PRESS_LINE}Control+V`);
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}

/** Milliseconds without an event after which none is on its way, on a machine that has much to do. */
const QUIET = 300;

/** Waits until no more events come. */
async function settled(events: readonly unknown[]): Promise<void> {
  for (let seen = -1; seen !== events.length;) {
    seen = events.length;
    await new Promise((resolve) => setTimeout(resolve, QUIET));
  }
}

function toEvent(event: vscode.TextDocumentChangeEvent, eol: vscode.EndOfLine): EditorEvent {
  const reasons = { 1: 'undo', 2: 'redo' } as const;
  return {
    eol: eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
    reason: event.reason === undefined ? 'edit' : reasons[event.reason],
    changes: event.contentChanges.map(({ range, rangeOffset, rangeLength, text }) => ({
      rangeOffset,
      rangeLength,
      startLine: range.start.line,
      endLine: range.end.line,
      text,
    })),
  };
}
