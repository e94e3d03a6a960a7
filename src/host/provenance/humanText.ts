import * as vscode from 'vscode';
import { addTyped, openDocument } from '../../core/attachment/document';
import { reanchor } from '../../core/attachment/reanchor';
import { someTyped, type Typed } from '../../core/attachment/typed';
import { typedFrom } from '../../core/provenance/fingerprint';
import { humanSpans } from '../../core/provenance/humanPassages';
import { ModelSentences } from '../../core/provenance/modelSentences';
import { provenanceAt } from '../../core/provenance/stretches';
import { withLf } from '../../core/text/lineEnds';
import type { Span } from '../../core/text/span';
import { documentFolder } from '../../core/tree/documentFolder';
import { DocumentJournal } from '../../core/tree/documentJournal';
import { joinPath } from '../../core/tree/store';
import type { Tree } from '../../core/tree/tree';
import { readTyped } from '../../core/tree/typedFile';
import type { DocumentSession } from '../documentSession';
import { journalPlace } from '../journalPlace';
import { clock, random } from '../platform';
import { provenanceOf } from './documentProvenance';
import { isOwn } from './ownWriting';

/** A text, line ends LF, and where its human paragraphs stand in it: see `humanSpans`. */
export interface HumanText {
  text: string;
  human: readonly Span[];
}

/** As much of the latest that models wrote in a document is known again, in UTF-16 code units. */
const MOST_MODEL_TEXT = 2_000_000;

/** Reads what is human in drafts and files. */
export class HumanTexts {
  /** What models wrote in trees of so many nodes. */
  readonly #written = new WeakMap<Tree, { size: number; sentences: ModelSentences }>();

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** What is human in an open draft, as it stands now. */
  inSession(session: DocumentSession): HumanText {
    const { draft, journal, document } = session;
    const { text } = draft;
    const human = humanSpans(text, provenanceOf(session));
    const { typed } = draft.state;
    return isOwn(document)
      ? this.#withoutModelText({ text, human }, typed, journal.tree)
      : { text, human };
  }

  /**
   * What is human in a file that is not open: what was written down as typed, and, where the writer names the
   * file as theirs, what no model wrote. Nothing of a file that cannot be read as text.
   */
  async inFile(uri: vscode.Uri, own: boolean): Promise<HumanText> {
    const text = await readText(uri);
    const place = journalPlace({ uri }, this.context);
    const { store, root, document } = place;
    const prints = await readTyped(store, joinPath(root, documentFolder(document)));
    if (text === '' || (!own && prints.length === 0)) {
      return { text, human: [] };
    }
    if (!(await DocumentJournal.exists(place))) {
      return { text, human: humanSpans(text, []) };
    }
    const journal = await DocumentJournal.open({
      ...place,
      clock,
      random,
      onError: () => undefined,
    });
    const saved = await journal.savedAttachments();
    const attachments = reanchor(text, saved, (node) => journal.tree.node(node)?.text);
    const state = prints.reduce(
      (known, { print }) => addTyped(known, typedFrom(text, print)),
      openDocument(text, attachments),
    );
    const sourceOf = (node: string) => journal.tree.node(node)?.source;
    const human = humanSpans(text, provenanceAt(state, { sourceOf, own }));
    return own
      ? this.#withoutModelText({ text, human }, state.typed, journal.tree)
      : { text, human };
  }

  /**
   * Without paragraphs that only the file's being named makes the writer's, and that are made of what a model
   * wrote in this tree: a branch that was copied and pasted.
   */
  #withoutModelText({ text, human }: HumanText, typed: Typed, tree: Tree): HumanText {
    const sentences = this.#sentencesIn(tree);
    const isModels = ({ start, end }: Span) =>
      !someTyped(typed, { start, end }) && sentences.wrote(text.slice(start, end));
    return { text, human: human.filter((span) => !isModels(span)) };
  }

  #sentencesIn(tree: Tree): ModelSentences {
    const known = this.#written.get(tree);
    if (known?.size === tree.size) {
      return known.sentences;
    }
    const sentences = new ModelSentences();
    let room = MOST_MODEL_TEXT;
    const written = [...tree.nodes()].filter(({ source }) => source.kind === 'model');
    for (const { text } of written.reverse()) {
      room -= text.length;
      if (room < 0) {
        break;
      }
      sentences.add(text);
    }
    // What still grows is read again the next time.
    if (written.every(({ status }) => status !== 'streaming')) {
      this.#written.set(tree, { size: tree.size, sentences });
    }
    return sentences;
  }
}

/** A file's text; empty when it is not UTF-8, or gone. */
async function readText(uri: vscode.Uri): Promise<string> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? '' : withLf(text);
  } catch {
    return '';
  }
}
