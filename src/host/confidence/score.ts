import * as vscode from 'vscode';
import { isVariorumError, VariorumError } from '../../core/model/error';
import type { Span } from '../../core/text/span';
import type { DocumentSession } from '../documentSession';
import type { ConfidenceServices, Here } from './onDemand';
import { passageAt, type Scope } from './passage';
import { candidates, canScore, chooseAnother, type Scorer } from './scorers';

/** What a keybinding or another command may ask for. */
interface Asked {
  scope?: Scope;
  /** Id of the model. */
  model?: string;
}

/** Scores the selection, the paragraph at the caret, or the document, and shows what came. */
export async function showTokenConfidence(
  services: ConfidenceServices,
  { editor, session }: Here,
  argument: unknown,
): Promise<void> {
  const { scope, model: id } = readAsked(argument);
  const { span } = passageAt(session, editor, scope);
  if (session.draft.text.slice(span.start, span.end).trim() === '') {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('There is no text here to score.'),
      action: vscode.l10n.t('Put the cursor into a paragraph, or select some text.'),
      retryable: false,
    });
  }
  const { models } = services;
  const [current] = await candidates(models);
  const wanted = (await candidates(models)).find((model) => model.id === id) ?? current;
  let scorer = wanted && canScore(wanted) ? wanted : await chooseAnother(models, wanted);
  while (scorer !== undefined) {
    try {
      await scoreWith(services, session, span, scorer);
      return;
    } catch (error) {
      if (!isVariorumError(error) || error.detail.code !== 'unsupported') {
        throw error;
      }
      scorer = await chooseAnother(models, scorer);
    }
  }
}

function readAsked(argument: unknown): Asked {
  const { scope, model } =
    typeof argument === 'object' && argument !== null
      ? (argument as Partial<Record<keyof Asked, unknown>>)
      : {};
  const known = (['selection', 'paragraph', 'document'] as const).find((one) => one === scope);
  return {
    ...(known ? { scope: known } : {}),
    ...(typeof model === 'string' ? { model } : {}),
  };
}

/** Progress is shown where it takes longer than this, in milliseconds: a paragraph takes Sketch a blink. */
const PATIENCE = 400;

async function scoreWith(
  { colours }: ConfidenceServices,
  session: DocumentSession,
  span: Span,
  model: Scorer,
): Promise<void> {
  const stop = session.scores.restart();
  colours.reveal(session);
  const told = new Share();
  const work = run(session, span, model, stop.signal, told);
  const isQuick = await Promise.race([
    work.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE)),
  ]);
  if (isQuick) {
    return;
  }
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('{0} is scoring', model.label),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      told.report = (increment) => progress.report({ increment });
      await work;
    },
  );
}

/** How much is done, told in steps; what came before somebody listened is told with the first. */
class Share {
  #told = 0;
  report: ((percent: number) => void) | undefined;

  reached(percent: number): void {
    if (this.report !== undefined && percent > this.#told) {
      this.report(percent - this.#told);
      this.#told = percent;
    }
  }
}

/** What came stays, however it ends. */
async function run(
  session: DocumentSession,
  { start, end }: Span,
  model: Scorer,
  signal: AbortSignal,
  told: Share,
): Promise<void> {
  const { scores, draft } = session;
  const { text } = draft;
  const scoring = scores.begin(text, model.id, model.label);
  try {
    for await (const part of model.score(text, signal, { span: { start, end } })) {
      if (!scores.document.add(scoring, part)) {
        return;
      }
      session.learnt();
      const done = part.tokens.at(-1)?.end ?? start;
      told.reached((100 * (done - start)) / Math.max(1, end - start));
    }
  } finally {
    await scores.end(scoring).catch(session.storageFailed);
  }
}
