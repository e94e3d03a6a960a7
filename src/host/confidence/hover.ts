import * as vscode from 'vscode';
import { editedTokenAt } from '../../core/attachment/shownConfidence';
import { factsOf, tokenDetails, type Bar } from '../../core/model/tokenDetails';
import type { Span } from '../../core/text/span';
import { whyUnpickable } from '../../core/spread/pickable';
import type { DocumentSession } from '../documentSession';
import type { PlaceArgument } from '../forks/forks';
import type { ConfidenceServices } from './onDemand';
import { shownIn, writtenLayer } from './shownInDraft';
import {
  barLabel,
  boundsWords,
  lookAt,
  missingWords,
  optionWords,
  percentWords,
  rankWords,
  readingWords,
  semanticsWords,
  type Looked,
} from './words';

const BAR_CELLS = 12;
/** The commands that links in the hover may run. */
const LINKS = { enabledCommands: ['variorum.pickAlternative', 'variorum.escapeHere'] };

/** The hover over a token: how sure the model was, and what else could have stood there. */
export async function hoverAt(
  services: ConfidenceServices,
  session: DocumentSession,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const { draft } = session;
  const at = draft.offsetAt(position);
  const [shown] = shownIn(session, { start: at, end: at + 1 });
  if (shown !== undefined) {
    const range = draft.rangeOf(shown);
    const text = draft.text.slice(shown.start, shown.end);
    const looked = await lookAt(services, session, shown);
    const links = { uri: session.document.uri.toString(), at: shown.start };
    return new vscode.Hover(tokenMarkdown(looked, text, links), range);
  }
  const layers = [session.scores.document, writtenLayer(session)];
  const edited = layers.map((layer) => editedTokenAt(layer, at)).find((span) => span !== undefined);
  return edited && new vscode.Hover(editedMarkdown(draft.text, edited), draft.rangeOf(edited));
}

/** Everything of the model's goes through `appendText`, which leaves it inert. */
function tokenMarkdown(
  { shown, token, reading, model, semantics }: Looked,
  text: string,
  links: PlaceArgument,
) {
  const { l10n } = vscode;
  const facts = { ...factsOf(token, ''), text };
  const details = tokenDetails(facts, reading.certainty);
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = LINKS;
  const percent = details.probability === null ? '' : percentWords(details.probability);
  markdown.appendText([optionWords(facts), percent].filter(Boolean).join('  ·  '));
  const lines =
    details.probability === null
      ? [missingWords(token.missing)]
      : [
          [rankWords(details.rank), readingWords(reading)].filter(Boolean).join(' · '),
          details.entropy === null || token.alternatives.length === 0
            ? ''
            : l10n.t('Choice here: {0} bits', boundsWords(details.entropy)),
        ];
  lines.filter(Boolean).forEach((line) => appendLine(markdown, line));
  for (const bar of details.bars) {
    appendBar(markdown, bar);
    if (bar.kind === 'other' && whyUnpickable(bar.option.text, undefined) === null) {
      const argument = { ...links, alternative: bar.number };
      appendLink(markdown, l10n.t('branch here'), 'pickAlternative', argument);
    }
  }
  if (details.withoutWinner.length > 0) {
    appendLine(markdown, l10n.t('Without the winner, as shares of what is left:'));
    details.withoutWinner.forEach((bar) => appendBar(markdown, bar));
  }
  if (model !== '') {
    const by =
      shown.by === 'scoring' ? l10n.t('Scored by {0}', model) : l10n.t('Written by {0}', model);
    appendLine(markdown, by);
  }
  [semanticsWords(semantics)].filter(Boolean).forEach((line) => appendLine(markdown, line));
  if (reading.certainty === 'stuck') {
    markdown.appendMarkdown('\n\n');
    appendLink(markdown, l10n.t('Escape here'), 'escapeHere', links);
  }
  return markdown;
}

/** @param words of ours; nothing of the model's goes into a link */
function appendLink(
  markdown: vscode.MarkdownString,
  words: string,
  command: 'pickAlternative' | 'escapeHere',
  argument: PlaceArgument,
): void {
  const query = encodeURIComponent(JSON.stringify([argument]));
  markdown.appendMarkdown(` [${words}](command:variorum.${command}?${query})`);
}

function editedMarkdown(text: string, { start, end }: Span): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendText(optionWords({ text: text.slice(start, end) }));
  appendLine(markdown, missingWords('edited'));
  return markdown;
}

function appendBar(markdown: vscode.MarkdownString, bar: Bar): void {
  const full = Math.min(BAR_CELLS, Math.round(bar.share * BAR_CELLS));
  const cells = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
  const mark = bar.kind === 'chosen' ? ' ◂' : '';
  appendLine(markdown, `${cells} ${percentWords(bar.share)}  ${barLabel(bar)}${mark}`);
}

function appendLine(markdown: vscode.MarkdownString, line: string): void {
  markdown.appendMarkdown('\n\n');
  markdown.appendText(line);
}
