import * as vscode from 'vscode';
import { shownTokens, type ShownToken } from '../core/attachment/tokens';
import { formatProbability } from '../core/model/percent';
import type { Token } from '../core/model/token';
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
        return shown && new vscode.Hover(describe(shown, draft.text), draft.rangeOf(shown));
      },
    },
  );
}

/** Everything of the model's goes through `appendText`, which leaves it inert. */
function describe({ token, start, end }: ShownToken, text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendText(`${visible(text.slice(start, end))}  ·  ${confidenceOf(token)}`);
  for (const { text: alternative, logprob } of token.alternatives) {
    appendRow(markdown, Math.exp(logprob), visible(alternative));
  }
  if (token.tail !== null && token.tail > 0) {
    appendRow(markdown, token.tail, vscode.l10n.t('everything else'));
  }
  return markdown;
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

function visible(text: string): string {
  return text.replace(/ /g, '␣').replace(/\n/g, '⏎').replace(/\t/g, '⇥');
}
