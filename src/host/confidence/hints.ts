import * as vscode from 'vscode';
import type { Span } from '../../core/text/span';
import type { DocumentSession } from '../documentSession';
import { showsSummaries } from '../settings';
import type { ConfidenceServices } from './onDemand';
import { summaryItems, summaryLine, summaryOf } from './summary';

/** Branches shorter than this say too little for a summary, in UTF-16 code units. */
const SHORTEST = 40;

/**
 * A summary after each branch in the draft whose colours are shown: at the end of its last line, so that no
 * line of the text is pushed down and no word of it moves.
 */
export async function summaryHints(
  services: ConfidenceServices,
  session: DocumentSession,
  range: vscode.Range,
): Promise<vscode.InlayHint[]> {
  const { draft } = session;
  if (!showsSummaries()) {
    return [];
  }
  const wanted = { start: draft.offsetAt(range.start), end: draft.offsetAt(range.end) };
  const hints: vscode.InlayHint[] = [];
  for (const span of branchSpans(services, session, wanted)) {
    const end = draft.positionAt(span.end);
    const lineEnd = session.document.lineAt(end.line).range.end;
    const found = await summaryOf(services, session, span);
    const line = summaryLine(found);
    if (line !== '') {
      hints.push(hintAt(lineEnd, line, summaryItems(found), span));
    }
  }
  return hints;
}

/** The stretches of branches that reach into a range and are coloured, those of one branch together. */
function branchSpans(
  { colours }: ConfidenceServices,
  session: DocumentSession,
  range: Span,
): Span[] {
  const isShown = colours.filter(session);
  const spans = new Map<string, Span>();
  for (const { start, end, node } of isShown ? session.draft.state.attachments : []) {
    const of = { start, end, node, by: 'writing', index: 0 } as const;
    const hasTokens = session.tokensOf(node)?.some(({ logprob }) => logprob !== null) === true;
    if (hasTokens && isShown?.({ ...of, token: NO_TOKEN }) === true) {
      const before = spans.get(node);
      spans.set(node, { start: before?.start ?? start, end });
    }
  }
  return [...spans.values()].filter(
    ({ start, end }) => end - start >= SHORTEST && start < range.end && end > range.start,
  );
}

const NO_TOKEN = { start: 0, end: 0, logprob: null, alternatives: [], tail: null };

function hintAt(
  position: vscode.Position,
  line: string,
  items: readonly vscode.QuickPickItem[],
  { start, end }: Span,
): vscode.InlayHint {
  const part = new vscode.InlayHintLabelPart(line);
  part.command = {
    command: 'variorum.confidenceSummary',
    title: vscode.l10n.t('Confidence summary'),
    arguments: [{ start, end }],
  };
  const tooltip = new vscode.MarkdownString();
  items.forEach(({ label, description }) =>
    tooltip.appendText([label, description].filter(Boolean).join('  ')).appendMarkdown('\n\n'),
  );
  part.tooltip = tooltip;
  const hint = new vscode.InlayHint(position, [part]);
  hint.paddingLeft = true;
  return hint;
}
