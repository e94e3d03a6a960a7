import * as vscode from 'vscode';
import type { LanguageModel, Options, Passage } from '../core/model/languageModel';
import { estimateBatch } from '../core/model/price';
import { fansOut } from '../core/spread/fansOut';
import type { Notice } from '../protocol';
import type { Request } from './batch';
import type { BranchesController } from './branchesController';
import type { BranchesView } from './branchesView';
import type { DocumentSession } from './documentSession';
import { isDraft } from './journalPlace';
import type { Models } from './models';
import { confirmAbove, mayCost } from './models/prices';
import type { PassageFiles } from './passageFiles';
import { gatherPassage } from './passageSource';
import type { PlaceInDraft } from './places';
import type { Sessions } from './sessions';
import { modelOptions } from './settings';
import { spreadFor } from './spreadFor';

export interface ContinueParts {
  sessions: Sessions;
  models: Models;
  controller: BranchesController;
  view: BranchesView;
  files: PassageFiles;
}

/**
 * *Variorum: Continue*: branches from the caret, or from the end of the selection, stream into the
 * Branches view. Caret, focus and scroll stay where they are.
 * @param instruction what the writer asks for in words
 * @param spread how siblings are asked for; as the settings say when absent
 */
export async function continueHere(
  parts: ContinueParts,
  instruction?: string,
  spread?: Request['spread'],
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isDraft(editor.document)) {
    await offerDraft();
    return;
  }
  const { document, selections, selection } = editor;
  const [session] = await Promise.all([parts.sessions.open(document), parts.view.reveal()]);
  const place = placeOf(session, selection);
  try {
    const [models, gathered] = await Promise.all([
      parts.models.chosen(),
      gatherPassage(document, session.draft.text, place.offset, {
        files: parts.files,
        instruction,
      }),
    ]);
    const [first, ...others] = models;
    if (!first) {
      return;
    }
    const options = optionsFor(document, models);
    if (!(await isAffordable(models, gathered.passage, options))) {
      return;
    }
    parts.controller.show(session);
    await session.continue({
      models: [first, ...others],
      at: place,
      passage: gathered.passage,
      options,
      spread: spread ?? spreadFor(session),
      notices: [
        ...severalCarets(selections.length, selection.end),
        ...gathered.notices,
        ...parts.models.notices(),
        ...(spread === 'apart' ? withoutOpenings(models) : []),
      ],
    });
  } finally {
    place.dispose();
  }
}

function placeOf(session: DocumentSession, selection: vscode.Selection): PlaceInDraft {
  const { document, draft } = session;
  const [start, end] = [selection.start, selection.end].map((position) =>
    draft.offsetAt(document.validatePosition(position)),
  ) as [number, number];
  return session.places.keep(end, selection.isEmpty ? undefined : { start, end });
}

function optionsFor(document: vscode.TextDocument, models: readonly LanguageModel[]): Options {
  const options = modelOptions(document);
  // Each of several models writes at least one.
  return { ...options, n: Math.max(options.n, models.length) };
}

/** Asks the writer where a batch may cost more than they want to be asked about. */
async function isAffordable(
  models: readonly LanguageModel[],
  passage: Passage,
  options: Options,
): Promise<boolean> {
  const isFree = confirmAbove() === undefined || models.every(({ price }) => price === undefined);
  return isFree || mayCost(estimateBatch(models, passage, options).dollars);
}

function severalCarets(count: number, place: vscode.Position): Notice[] {
  if (count < 2) {
    return [];
  }
  const message = vscode.l10n.t(
    'There are {0} cursors; this continues from the main one, in line {1}.',
    count,
    place.line + 1,
  );
  return [{ severity: 'info', message }];
}

/** What becomes of it with models that cannot be made to begin with a given word. */
function withoutOpenings(models: readonly LanguageModel[]): Notice[] {
  const unable = models.filter((model) => fansOut(model) === 'no').map(({ label }) => label);
  if (unable.length === 0) {
    return [];
  }
  const message = vscode.l10n.t(
    '{0} does not tell which words it could begin with, or cannot be made to begin with one: each of its branches is told instead how the others begin.',
    unable.join(', '),
  );
  return [{ severity: 'info', message }];
}

async function offerDraft(): Promise<void> {
  const create = vscode.l10n.t('New Draft');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Variorum continues the text you are writing. Open a draft and put the cursor where it should go on.',
    ),
    create,
  );
  if (choice === create) {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown' });
    await vscode.window.showTextDocument(document);
  }
}
