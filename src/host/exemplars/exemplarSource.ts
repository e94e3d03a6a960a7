import type * as vscode from 'vscode';
import type { ChosenExemplar, ExemplarRequest } from '../../core/exemplars/exemplarChoice';

/** What the rewriting commands ask of the index over the writer's own prose: `Exemplars` implements it. */
export interface ExemplarSource {
  /**
   * The passages of the writer's own human text to show a model, in the order in which they are shown; none
   * when there is no human text, or nothing of it fits the budget. The index is built with the first call.
   * @throws the signal's reason when it is aborted
   */
  choose(request: ExemplarRequest, signal: AbortSignal): Promise<readonly ChosenExemplar[]>;
  /**
   * Pins the passages that a range of a document touches: they come first from now on.
   * @throws VariorumError `bad-request` when some of the range is not the writer's own text, or there is too
   *   little of it
   */
  pin(document: vscode.TextDocument, range: vscode.Range): Promise<void>;
}
