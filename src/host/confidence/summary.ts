import * as vscode from 'vscode';
import { sparkline, summarise, type ConfidenceSummary } from '../../core/model/confidenceSummary';
import { VariorumError } from '../../core/model/error';
import { factsOf } from '../../core/model/tokenDetails';
import type { Span } from '../../core/text/span';
import type { DocumentSession } from '../documentSession';
import type { ConfidenceServices, Here } from './onDemand';
import { passageAt } from './passage';
import { modelNameOf, shownIn, wholeToken } from './shownInDraft';
import { boundsWords, percentWords } from './words';

/** A summary of a span, and whose numbers it is made of. */
export interface SpanSummary {
  summary: ConfidenceSummary;
  models: readonly string[];
}

/** What is known of the tokens that lie inside a span whole, by the yardstick where it is there. */
export async function summaryOf(
  { yardstick, steps }: ConfidenceServices,
  session: DocumentSession,
  span: Span,
): Promise<SpanSummary> {
  const { text } = session.draft;
  const inside = [...shownIn(session, span)].filter(
    ({ start, end }) => start >= span.start - 1 && end <= span.end,
  );
  const found = inside.map((shown) => ({
    token: factsOf({ ...wholeToken(session, shown), start: shown.start, end: shown.end }, text),
    shown,
  }));
  const models = new Set(inside.map((shown) => modelNameOf(session, shown)));
  const unknown = yardstick.unknown(text, inside, steps.current);
  const hasYardstick = unknown.length === 0 || (await yardstick.measure(text, unknown));
  const items = found.map(({ token, shown }) => ({
    token,
    reading: yardstick.read(text, shown, steps.current),
  }));
  return { summary: summarise(items, hasYardstick), models: [...models] };
}

/** The confidence summary of the selection, the paragraph at the caret, or what a hint hands over. */
export async function showSummary(
  services: ConfidenceServices,
  { editor, session }: Here,
  argument: unknown,
): Promise<void> {
  const span = spanIn(argument) ?? passageAt(session, editor, undefined).span;
  const found = await summaryOf(services, session, span);
  if (found.summary.known === 0) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('Nothing here has token probabilities.'),
      action: vscode.l10n.t('Score it first with "Variorum: Show Token Confidence".'),
      retryable: false,
    });
  }
  const { l10n, window } = vscode;
  const items = [...summaryItems(found), ...legendItems(services)];
  await window.showQuickPick(items, {
    title: l10n.t('Confidence summary'),
    placeHolder: l10n.t('{0} tokens, {1}', found.summary.tokens, found.models.join(', ')),
    matchOnDescription: true,
  });
}

function spanIn(argument: unknown): Span | undefined {
  if (typeof argument !== 'object' || argument === null) {
    return undefined;
  }
  const { start, end } = argument as Partial<Record<'start' | 'end', unknown>>;
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
}

/** The numbers, a line each: what it is, the number, and what it means. */
export function summaryItems({ summary }: SpanSummary): vscode.QuickPickItem[] {
  const { l10n } = vscode;
  const { perplexity, entropy, branching, known, tokens } = summary;
  const number = (value: number) =>
    new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 1 }).format(value);
  return [
    {
      label: sparkline(summary.parts),
      detail: l10n.t('How surprising the text was to the model, from its beginning to its end'),
    },
    {
      label: l10n.t('Perplexity'),
      description: perplexity === null ? '–' : number(perplexity),
      detail: l10n.t('As surprised as by a fair choice among so many, at each token'),
    },
    {
      label: l10n.t('Mean entropy'),
      description: entropy === null ? '–' : l10n.t('{0} bits', boundsWords(entropy)),
      detail: l10n.t(
        'How much choice the model saw; bounds, since part of what it saw is not listed',
      ),
    },
    {
      label: l10n.t('Branching factor'),
      description: branching === null ? '–' : boundsWords(branching),
      detail: l10n.t('exp(mean entropy): ways to go on at a typical place, with the same bounds'),
    },
    {
      label: l10n.t('Stuck'),
      description: summary.hasYardstick ? percentWords(summary.stuck) : '–',
      detail: summary.hasYardstick
        ? l10n.t(
            'Certain where human text is open; another {0} are given',
            percentWords(summary.given),
          )
        : l10n.t('Without the file of Sketch there is nothing to compare with'),
    },
    {
      label: l10n.t('Sure'),
      description: percentWords(summary.sure),
      detail: l10n.t(
        'Green; {0} are unlikely. {1} of {2} tokens have a probability',
        percentWords(summary.unlikely),
        known,
        tokens,
      ),
    },
  ];
}

/** What the marks in the document mean. */
function legendItems({ steps }: ConfidenceServices): vscode.QuickPickItem[] {
  const { l10n } = vscode;
  const { low, sure, surer, surest } = steps.current.thresholds;
  const from = (p: number) =>
    new Intl.NumberFormat(vscode.env.language, {
      style: 'percent',
      maximumFractionDigits: 2,
    }).format(p);
  return [
    { label: l10n.t('Marks in the document'), kind: vscode.QuickPickItemKind.Separator },
    {
      label: l10n.t('Green, underlined'),
      detail: l10n.t(
        'sure: dotted from {0}, solid from {1}, double from {2}',
        from(sure),
        from(surer),
        from(surest),
      ),
    },
    { label: l10n.t('Framed'), description: l10n.t('stuck: certain where human text is open') },
    { label: l10n.t('Pale'), description: l10n.t('given: the context leaves no choice') },
    { label: l10n.t('Dashes below'), description: l10n.t('unlikely: under {0}', from(low)) },
  ];
}

/**
 * One short line, for the end of a branch. Its bracket tells it from the text, and is one before which an
 * editor may wrap: without such a place the last word would go to the next line with it.
 */
export function summaryLine({ summary }: SpanSummary): string {
  const { l10n } = vscode;
  const { perplexity, stuck } = summary;
  const whole = new Intl.NumberFormat(vscode.env.language, {
    style: 'percent',
    maximumFractionDigits: 0,
  });
  const digits = new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 0 });
  const parts = [
    perplexity === null ? '' : l10n.t('perplexity {0}', digits.format(perplexity)),
    stuck > 0 ? l10n.t('{0} stuck', whole.format(Math.max(0.01, stuck))) : '',
  ].filter(Boolean);
  return parts.length === 0 ? '' : `[${parts.join(' · ')}]`;
}
