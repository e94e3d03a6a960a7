import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { NodeId } from '../../core/tree/node';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import { nodeOfElement } from '../tree/element';
import { Plot } from './plot';
import { PlotPanel } from './plotPanel';
import { placeAtCursor, placeOfNode, type PlotPlace } from './plotPlace';
import type { MultiverseServices } from './registerMultiverse';

/** The Multiverse tab: one at a time, for the place that it was last asked for. */
export class MultiverseFeature implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly plot: Plot;
  readonly panel: PlotPanel;
  /** The draft that was last in front: the plot itself may be when it is asked for the cursor. */
  #draft: vscode.TextDocument | undefined;

  constructor(private readonly services: MultiverseServices) {
    this.#follow(vscode.window.activeTextEditor);
    this.#disposables.add(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
    );
    this.plot = this.#disposables.add(new Plot(services.models, services.modelCommands));
    this.panel = this.#disposables.add(
      new PlotPanel(services.extensionUri, this.plot, () => this.showFromCursor()),
    );
  }

  /**
   * Shows what could follow a node of the tree (an element of the Tree view), a branch by its number
   * (`{"branch": 1}`), or, without either, the cursor.
   */
  async show(argument: unknown): Promise<void> {
    const id = nodeOfElement(argument) ?? this.#nodeOnCard(argument);
    const session = id === undefined ? undefined : this.#sessionWith(id);
    if (id === undefined || session === undefined) {
      await this.showFromCursor();
    } else {
      await this.#showPlace(await placeOfNode(session, id, this.services.files));
    }
  }

  /** Shows what could follow the cursor of the draft in front, or of the one last shown. */
  async showFromCursor(): Promise<void> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const editor =
      activeTextEditor ?? visibleTextEditors.find(({ document }) => document === this.#draft);
    const { sessions, files } = this.services;
    await this.#showPlace(await placeAtCursor(sessions, files, editor));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (editor && isDraft(editor.document)) {
      this.#draft = editor.document;
    }
  }

  async #showPlace(place: PlotPlace): Promise<void> {
    await this.plot.begin(place);
    this.panel.reveal();
  }

  /** The node on the card that a keybinding or the Branches view names. */
  #nodeOnCard(argument: unknown): NodeId | undefined {
    const isNumbered = typeof argument === 'object' && argument !== null && 'branch' in argument;
    if (!isNumbered || typeof argument.branch !== 'number') {
      return undefined;
    }
    return this.services.controller.shown().branch(argument.branch - 1).node;
  }

  /** @throws VariorumError when no open draft has the node */
  #sessionWith(id: NodeId): DocumentSession {
    const { controller, sessions } = this.services;
    const all = [controller.session, ...sessions.all()];
    const session = all.find((each) => each?.journal.tree.node(id));
    if (!session) {
      throw new VariorumError({
        code: 'bad-request',
        message: vscode.l10n.t('The draft that this node belongs to is not open.'),
        action: vscode.l10n.t('Open it, then try again.'),
        retryable: false,
      });
    }
    return session;
  }
}
