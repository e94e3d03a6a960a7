import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { LanguageModel, Options } from '../../core/model/languageModel';
import { estimateOf } from '../../core/model/price';
import { modelShare } from '../../core/prompt/modelShare';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import type { Models } from '../models';
import type { PassageFiles } from '../passageFiles';
import { gatherPassage } from '../passageSource';
import type { Sessions } from '../sessions';
import { spreadFor } from '../spreadFor';
import { modelOptions } from '../settings';
import type { ShownPrompt } from './promptText';

export interface PromptSources {
  sessions: Sessions;
  models: Models;
  files: PassageFiles;
}

/**
 * What *Continue* would send now, from the caret or the end of the selection.
 * @throws VariorumError when no draft is open in front
 */
export async function currentPrompt(
  { sessions, models, files }: PromptSources,
  instruction?: string,
): Promise<ShownPrompt & { document: vscode.TextDocument }> {
  const { document, selection } = frontEditor();
  const session = await sessions.open(document);
  const place = document.validatePosition(selection.end);
  const at = session.draft.offsetAt(place);
  const [chosen, { passage, notices }] = await Promise.all([
    models.chosen(),
    gatherPassage(document, session.draft.text, at, { files, instruction }),
  ]);
  const options = modelOptions(document);
  const n = Math.max(options.n, chosen.length);
  const shownModels = chosen.map((model, i) => {
    const own = dealtTo(i, chosen, { ...options, n });
    const prompt = model.prompt(passage, own);
    return { label: model.label, prompt, estimate: estimateOf(prompt, own, model.price), n: own.n };
  });
  return {
    document,
    draft: vscode.workspace.asRelativePath(document.uri),
    line: place.line + 1,
    column: place.character + 1,
    modelShare: modelShare({ start: at - passage.before.length, end: at }, modelSpans(session)),
    notices,
    apart: spreadFor(session) === 'apart',
    models: shownModels,
  };
}

/** Branches are dealt to several models in turn. */
function dealtTo(i: number, models: readonly LanguageModel[], options: Options): Options {
  return { ...options, n: Math.ceil((options.n - i) / models.length) };
}

function modelSpans({ draft, journal }: DocumentSession) {
  return draft.state.attachments.filter(
    ({ node }) => journal.tree.node(node)?.source.kind === 'model',
  );
}

function frontEditor(): vscode.TextEditor {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editors = activeTextEditor ? [activeTextEditor, ...visibleTextEditors] : visibleTextEditors;
  const editor = editors.find(({ document }) => isDraft(document));
  if (!editor) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('There is no draft in front whose prompt could be shown.'),
      action: vscode.l10n.t('Open one and put the cursor where it should go on.'),
      retryable: true,
    });
  }
  return editor;
}
