import * as vscode from 'vscode';
import { editedTokenAt } from '../../core/attachment/shownConfidence';
import { factsOf, tokenDetails } from '../../core/model/tokenDetails';
import { withoutInvisible } from '../../core/text/visible';
import type { ConfidenceServices, Here } from './onDemand';
import { shownIn, writtenLayer } from './shownInDraft';
import { barLabel, lookAt, missingWords, percentWords, readingWords, type Looked } from './words';

/** Alternatives that are spoken: more would take too long to listen to. */
const SPOKEN = 3;

/**
 * Says the token at the caret. A notification is the one thing of an extension that VS Code reads out at
 * once: it goes through the workbench's own alert region.
 */
export async function speakToken(services: ConfidenceServices, here: Here): Promise<void> {
  void vscode.window.showInformationMessage(await spokenAt(services, here));
}

/** What is said. */
async function spokenAt(services: ConfidenceServices, { editor, session }: Here): Promise<string> {
  const at = session.draft.offsetAt(editor.selection.active);
  // At the end of a word the caret stands behind its last letter.
  for (const start of at > 0 ? [at, at - 1] : [at]) {
    const [shown] = shownIn(session, { start, end: start + 1 });
    if (shown !== undefined) {
      const text = session.draft.text.slice(shown.start, shown.end);
      return spoken(await lookAt(services, session, shown), text);
    }
  }
  const layers = [session.scores.document, writtenLayer(session)];
  return layers.some((layer) => editedTokenAt(layer, at))
    ? missingWords('edited')
    : vscode.l10n.t('No token probability here.');
}

function spoken({ token, reading, model, shown }: Looked, text: string): string {
  const { l10n } = vscode;
  const facts = { ...factsOf(token, ''), text };
  const { probability, bars } = tokenDetails(facts, reading.certainty);
  const word = wordOf(text);
  const by =
    shown.by === 'scoring' ? l10n.t('scored by {0}', model) : l10n.t('written by {0}', model);
  if (probability === null) {
    return `${word}: ${missingWords(token.missing)}`;
  }
  const others = bars
    .filter(({ kind }) => kind === 'other')
    .slice(0, SPOKEN)
    .map((bar) => `${spokenLabel(barLabel(bar))} ${percentWords(bar.share)}`);
  return [
    `${word}, ${percentWords(probability)}`,
    readingWords(reading),
    others.length > 0 ? l10n.t('instead: {0}', others.join(', ')) : '',
    by,
  ]
    .filter(Boolean)
    .join('; ');
}

function wordOf(text: string): string {
  const word = withoutInvisible(text).trim();
  return word !== ''
    ? word
    : text.includes('\n')
      ? vscode.l10n.t('line break')
      : vscode.l10n.t('space');
}

/** Signs for white space are for the eye. */
function spokenLabel(label: string): string {
  return label.replace(/^·/u, '').replace(/↵/gu, vscode.l10n.t('line break'));
}
