import * as vscode from 'vscode';
import { registerCommand } from '../commands';
import { continueHere, type ContinueParts } from '../continueCommand';
import { isDraft } from '../journalPlace';
import type { Parts } from '../parts';
import type { PassageFiles } from '../passageFiles';
import { gatherPassage } from '../passageSource';
import { PromptDocuments } from './promptDocuments';

export interface PromptCommandParts extends ContinueParts {
  parts: Parts;
  log: vscode.LogOutputChannel;
  /** Where instructions are remembered. */
  memory: vscode.Memento;
}

/** *Show Prompt*, *Continue with Instruction*, *Set Reach* and *Adjust Samplers*. */
export function registerPromptCommands(all: PromptCommandParts): vscode.Disposable {
  const { parts, log, memory, files } = all;
  const documents = new PromptDocuments('variorum-prompt');
  return vscode.Disposable.from(
    documents,
    readAhead(files),
    registerCommand('showPrompt', log, (argument) =>
      showPrompt(all, documents, instructionOf(argument)),
    ),
    registerCommand('continueWithInstruction', log, async (argument) => {
      const { askForInstruction } = await parts.loadHost('prompt');
      const instruction = instructionOf(argument) ?? (await askForInstruction(memory));
      if (instruction !== undefined) {
        await continueHere(all, instruction);
      }
    }),
    registerCommand('setReach', log, async (argument) => {
      const { setReach } = await parts.loadHost('prompt');
      await setReach(argument);
    }),
    registerCommand('adjustSamplers', log, async () => {
      const { adjustSamplers } = await parts.loadHost('prompt');
      await adjustSamplers(await all.models.chosen());
    }),
  );
}

/** Reads what goes with a draft as soon as it is in front, so that nothing has to be read for *Continue*. */
function readAhead(files: PassageFiles): vscode.Disposable {
  const read = (editor: vscode.TextEditor | undefined) => {
    if (editor && isDraft(editor.document)) {
      void gatherPassage(editor.document, '', 0, { files });
    }
  };
  read(vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor(read);
}

/** Opens what *Continue* would send now. @throws VariorumError when no draft is in front */
async function showPrompt(
  { parts, ...sources }: PromptCommandParts,
  documents: PromptDocuments,
  instruction: string | undefined,
): Promise<void> {
  const { currentPrompt, promptText } = await parts.loadHost('prompt');
  const shown = await currentPrompt(sources, instruction);
  await documents.show(shown.document.uri, promptText(shown));
}

/** The instruction that a keybinding hands over: `{"instruction": "…"}`. */
function instructionOf(argument: unknown): string | undefined {
  const isGiven = typeof argument === 'object' && argument !== null && 'instruction' in argument;
  return isGiven && typeof argument.instruction === 'string' ? argument.instruction : undefined;
}
