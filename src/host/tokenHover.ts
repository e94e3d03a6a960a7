import * as vscode from 'vscode';
import { shownTokens, type ShownToken } from '../core/attachment/tokens';
import { formatProbability } from '../core/model/percent';
import type { Token } from '../core/model/token';
import { whyUnpickable } from '../core/spread/pickable';
import type { PlaceArgument } from './forks/forks';
import { visibleText as visible } from './forks/words';
import type { Sessions } from './sessions';

const BAR_CELLS = 12;

/** The hover over text from a branch: how sure the model was, and what else it could have said. */
export function registerTokenHover(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { pattern: '**' },
    {
      provideHover(document, position) {
        const session = sessions.get(document);
        if (!session) {
          return undefined;
        }
        const { draft, tokensOf } = session;
        const at = draft.offsetAt(position);
        const [shown] = shownTokens(draft.state.attachments, tokensOf, { start: at, end: at + 1 });
        const links = { uri: document.uri.toString(), at: shown?.start ?? at };
        return shown && new vscode.Hover(describe(shown, draft.text, links), draft.rangeOf(shown));
      },
    },
  );
}

/** The commands that links in the hover may run. */
const LINKS = { enabledCommands: ['variorum.pickAlternative', 'variorum.escapeHere'] };
/** From this probability on, a word may be one that the model is stuck at. */
const CERTAIN = Math.log(0.99);

/** Everything of the model's goes through `appendText`, which leaves it inert. */
function describe(
  { token, start, end }: ShownToken,
  text: string,
  links: PlaceArgument,
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = LINKS;
  markdown.appendText(`${visible(text.slice(start, end))}  ·  ${confidenceOf(token)}`);
  for (const [number, { text: alternative, logprob }] of token.alternatives.entries()) {
    appendRow(markdown, Math.exp(logprob), visible(alternative));
    if (alternative !== text.slice(start, end) && whyUnpickable(alternative, undefined) === null) {
      const words = vscode.l10n.t('branch here');
      appendLink(markdown, words, 'pickAlternative', { ...links, alternative: number });
    }
  }
  if (token.tail !== null && token.tail > 0) {
    appendRow(markdown, token.tail, vscode.l10n.t('everything else'));
  }
  if (token.logprob !== null && token.logprob >= CERTAIN) {
    markdown.appendMarkdown('\n\n');
    appendLink(markdown, vscode.l10n.t('Escape here'), 'escapeHere', links);
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

function appendRow(markdown: vscode.MarkdownString, p: number, label: string): void {
  const full = Math.round(p * BAR_CELLS);
  const bar = '█'.repeat(full) + '░'.repeat(BAR_CELLS - full);
  markdown.appendMarkdown('\n\n');
  markdown.appendText(`${bar} ${formatProbability(p)}  ${label}`);
}

function confidenceOf({ logprob, missing }: Token): string {
  if (logprob !== null) {
    return formatProbability(Math.exp(logprob));
  }
  return missing === 'gap'
    ? vscode.l10n.t('the model sent no probability for this')
    : vscode.l10n.t('no probability');
}
