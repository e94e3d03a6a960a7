import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { Unpickable } from '../../core/spread/pickable';

function refused(message: string, action: string): VariorumError {
  return new VariorumError({ code: 'bad-request', message, action, retryable: false });
}

/** Why an alternative cannot be picked. */
export function unpickable(why: Unpickable): VariorumError {
  const another = vscode.l10n.t('Pick another one.');
  switch (why) {
    case 'part':
      return refused(
        vscode.l10n.t(
          'This is a piece of a character: alone it is no text, and a branch cannot begin with it.',
        ),
        another,
      );
    case 'end':
      return refused(
        vscode.l10n.t('This stands for the end of the text: there is nothing to go on with.'),
        another,
      );
    case 'inside':
      return refused(
        vscode.l10n.t('This place lies inside a character, which several tokens write together.'),
        vscode.l10n.t('Pick an alternative at the token before.'),
      );
  }
}

export function noToken(): VariorumError {
  return refused(
    vscode.l10n.t('There is no word with a probability at the cursor, or you have changed it.'),
    vscode.l10n.t(
      'Put the cursor in text that has its colours, or score it with "Variorum: Show Token Confidence".',
    ),
  );
}

export function noAlternatives(): VariorumError {
  return refused(
    vscode.l10n.t('The model listed no alternatives for this token.'),
    vscode.l10n.t(
      'Choose another token or, for branches that differ, "Variorum: Push Branches Apart".',
    ),
  );
}

export function notStuck(): VariorumError {
  return refused(
    vscode.l10n.t(
      'There is no place from here on where the model was all but certain and human text is open.',
    ),
    vscode.l10n.t('Pick an alternative of a single token, or push the branches apart.'),
  );
}

export function noPlausible(): VariorumError {
  return refused(
    vscode.l10n.t(
      'The model sees no other plausible word at this place, or tells no probabilities.',
    ),
    vscode.l10n.t('Push the branches apart instead, or choose a model that tells alternatives.'),
  );
}

export function unknownNode(): VariorumError {
  return refused(
    vscode.l10n.t('This branch is no longer in the tree.'),
    vscode.l10n.t('Choose one of the cards in the Branches view.'),
  );
}

export function nothingToRead(): VariorumError {
  return refused(
    vscode.l10n.t('There is no sentence here yet.'),
    vscode.l10n.t('Wait until there is one, or choose another place.'),
  );
}
