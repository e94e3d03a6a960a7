import * as vscode from 'vscode';
import { chooseExemplars } from '../../core/exemplars/chooseExemplars';
import type { ChosenExemplar, ExemplarRequest } from '../../core/exemplars/exemplarChoice';
import { LEAST_EXEMPLAR } from '../../core/exemplars/cut';
import { VariorumError } from '../../core/model/error';
import { within } from '../../core/provenance/stretches';
import type { Exemplar } from '../../core/rewrite/rewriting';
import type { Span } from '../../core/text/span';
import type { VoiceProfile } from '../../core/voice/voiceProfile';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import { provenanceOf } from '../provenance/documentProvenance';
import type { ExemplarSource } from './exemplarSource';
import { exemplarPath } from './exemplarSettings';
import { ProseIndex, type ProseIndexParts } from './proseIndex';
import { showExemplars } from './showExemplars';
import { Wishes } from './wishes';

/** The writer's own prose, to choose from and to compare with. */
export class ExemplarFeature implements ExemplarSource, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #prose: ProseIndex;
  readonly wishes: Wishes;

  constructor(private readonly parts: ProseIndexParts) {
    this.#prose = this.#disposables.add(new ProseIndex(parts));
    this.wishes = new Wishes(parts.context.workspaceState);
  }

  async choose(request: ExemplarRequest, signal: AbortSignal): Promise<readonly ChosenExemplar[]> {
    const index = await this.#prose.ready(signal);
    return chooseExemplars(index, request, this.wishes.current());
  }

  async pin(document: vscode.TextDocument, range: vscode.Range): Promise<void> {
    const session = await this.session(document);
    const { draft } = session;
    const span = { start: draft.offsetAt(range.start), end: draft.offsetAt(range.end) };
    refuseOthers(session, span);
    const found = await this.#touched(document, span);
    await this.wishes.pin(found.map(({ id }) => id));
    vscode.window.setStatusBarMessage(
      found.length === 1
        ? vscode.l10n.t('Pinned as an exemplar.')
        : vscode.l10n.t('Pinned as {0} exemplars.', found.length),
      STATUS_MS,
    );
  }

  /** *Show Exemplars*, for the selection or the paragraph at the cursor. */
  async show(editor: vscode.TextEditor, signal: AbortSignal): Promise<void> {
    const session = await this.session(editor.document);
    await showExemplars({ feature: this, session, selection: editor.selection }, signal);
  }

  /** The manner of the writer's own prose: kept true as the index is. */
  async voice(signal: AbortSignal): Promise<VoiceProfile> {
    return (await this.#prose.ready(signal)).profile;
  }

  /** Exemplars that the writer excluded and that still stand somewhere. */
  async excluded(signal: AbortSignal): Promise<readonly Exemplar[]> {
    const index = await this.#prose.ready(signal);
    return [...this.wishes.current().excluded].flatMap((id) => index.get(id)?.places[0] ?? []);
  }

  /** Opens the file of an exemplar and selects it. */
  async open({ path, text }: Exemplar): Promise<void> {
    const uri = this.#prose.uriOf(path);
    if (uri !== undefined) {
      const editor = await vscode.window.showTextDocument(uri);
      const { document } = editor;
      const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
      const shown = text.replaceAll('\n', lineEnd);
      // The file may have changed since: what it says is looked for, not where it stood.
      const start = document.getText().indexOf(shown);
      const range = new vscode.Range(
        document.positionAt(Math.max(0, start)),
        document.positionAt(start < 0 ? 0 : start + shown.length),
      );
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  /** @throws VariorumError `bad-request` where nothing can be written */
  async session(document: vscode.TextDocument): Promise<DocumentSession> {
    if (!isDraft(document)) {
      throw refusal(
        vscode.l10n.t('There is no draft here.'),
        vscode.l10n.t('Put the cursor into a text document first.'),
      );
    }
    return this.parts.sessions.open(document);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #touched(document: vscode.TextDocument, span: Span): Promise<readonly Exemplar[]> {
    if (!(await this.#prose.files.mayRead(document.uri))) {
      throw refusal(
        vscode.l10n.t('This file is not read for exemplars.'),
        vscode.l10n.t(
          'It is hidden, ignored by git, excluded by variorum.exemplars.exclude, or of a kind that holds no prose. Move the text to another file, or change that.',
        ),
      );
    }
    const index = await this.#prose.ready(new AbortController().signal);
    const found = index
      .of(exemplarPath(document.uri))
      .filter(({ start, end }) => start < Math.max(span.end, span.start + 1) && end > span.start);
    if (found.length === 0) {
      throw refusal(
        vscode.l10n.t('There is too little text here for an exemplar.'),
        vscode.l10n.t(
          'Select whole paragraphs of your own, together of {0} words or more.',
          LEAST_EXEMPLAR,
        ),
      );
    }
    return found;
  }
}

const STATUS_MS = 6000;

/** Only the writer's own text is shown to a model as theirs. */
function refuseOthers(session: DocumentSession, span: Span): void {
  const { text } = session.draft;
  const others = within(provenanceOf(session), span).filter(
    ({ kind, start, end }) => kind !== 'human' && text.slice(start, end).trim() !== '',
  );
  const [first] = others;
  if (first !== undefined) {
    throw refusal(
      first.kind === 'model'
        ? vscode.l10n.t('A model wrote some of this text.')
        : vscode.l10n.t('It is not known that you wrote all of this text.'),
      first.kind === 'model'
        ? vscode.l10n.t('Select only what you wrote yourself.')
        : vscode.l10n.t(
            'Select only what you typed here, or name the file as yours in the setting variorum.myWriting.',
          ),
    );
  }
}

function refusal(message: string, action: string): VariorumError {
  return new VariorumError({ code: 'bad-request', message, action, retryable: false });
}
