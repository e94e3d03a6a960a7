import * as vscode from 'vscode';
import type { NodeId } from '../../core/tree/node';
import type { NodePlace } from '../../core/tree/outline';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { nodeOfElement, type Element } from './element';
import { hasBatch } from './nodeItem';
import type { TreeProvider } from './treeProvider';

/** How long the caret rests before the view follows it, in milliseconds. */
const FOLLOW_AFTER = 150;
/** How often a node is looked for that the view does not find: it may be reading the tree just then. */
const TRIES = 6;

/** Where in the tree the writer is: with the caret, or at a node that is not in the document. */
export class Cursor implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidMove = this.#disposables.add(new vscode.EventEmitter<void>());
  #gone: NodeId | undefined;
  /** What the view was last asked to select. */
  #revealed: NodeId | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  readonly onDidMove = this.#onDidMove.event;

  constructor(
    private readonly provider: TreeProvider,
    private readonly view: vscode.TreeView<Element>,
  ) {
    this.#disposables.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document === this.provider.session?.document) {
          this.#gone = undefined;
          this.#followSoon();
        }
      }),
    );
    this.#disposables.add(
      this.view.onDidChangeSelection(({ selection: [element, ...more] }) => {
        const id = nodeOfElement(element);
        if (id !== undefined && more.length === 0 && id !== this.#revealed) {
          this.#revealed = undefined;
          this.#gone = id;
          this.#onDidMove.fire();
        }
      }),
    );
    this.#disposables.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          this.follow();
        }
      }),
    );
  }

  /** The node that the writer is at. */
  current(): NodeId | undefined {
    return this.#gone ?? this.placeAtCaret()?.node;
  }

  /** Where in the tree the caret is. */
  placeAtCaret(): NodePlace | undefined {
    const { session, outline } = this.provider;
    const editor = session && editorFor(session);
    if (!editor || !outline) {
      return undefined;
    }
    const offset = session.draft.offsetAt(
      editor.document.validatePosition(editor.selection.active),
    );
    const place = session.keeper.nodeAt(offset);
    return place && outline.shownPlace(place);
  }

  /**
   * Goes to a node: the caret to its end where the document shows it; otherwise its batch is shown among
   * the branches. The focus stays where it is.
   */
  async go(session: DocumentSession, id: NodeId): Promise<void> {
    const piece = session.keeper.look().findLast(({ node }) => node === id);
    const editor = editorFor(session);
    this.#gone = id;
    if (piece && editor) {
      const end = session.draft.positionAt(piece.end);
      editor.selection = new vscode.Selection(end, end);
      editor.revealRange(
        session.draft.rangeOf(piece),
        vscode.TextEditorRevealType.InCenterIfOutsideViewport,
      );
    } else if (hasBatch(session.journal.tree, id)) {
      const batch = session.journal.tree.node(id)?.batch ?? '';
      if (session.batch?.id !== batch) {
        await session.show(batch);
      }
    }
    await this.reveal(id);
    this.#onDidMove.fire();
  }

  /** Shows in the view where the caret is. */
  follow(): void {
    clearTimeout(this.#timer);
    const id = this.current();
    this.#onDidMove.fire();
    if (id !== undefined) {
      void this.reveal(id);
    }
  }

  /** Selects a node in the view, if the view is there to see. */
  async reveal(id: NodeId, tries = TRIES): Promise<void> {
    if (!this.view.visible || this.view.selection.length > 1) {
      return;
    }
    const [selected] = this.view.selection;
    const element = this.provider.reach(id);
    if (element === undefined || nodeOfElement(selected) === id) {
      return;
    }
    this.#revealed = id;
    try {
      await this.view.reveal(element, { select: true, focus: false });
    } catch {
      // The tree changed on the way there.
    }
    this.#lookAgain(id, tries - 1);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#again);
    this.#disposables.dispose();
  }

  #followSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.follow(), FOLLOW_AFTER);
  }

  /** A view that reads its tree anew at that moment forgets what it was to select, and does not say so. */
  #lookAgain(id: NodeId, tries: number): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (tries > 0 && this.current() === id) {
        void this.reveal(id, tries);
      }
    }, 2 * FOLLOW_AFTER);
  }
}

/** The editor that shows a session's document. */
export function editorFor({ document }: DocumentSession): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return activeTextEditor?.document === document
    ? activeTextEditor
    : visibleTextEditors.find((editor) => editor.document === document);
}
