import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import type { Models } from '../models';
import type { Parts } from '../parts';
import type { Sessions } from '../sessions';
import { EditorColours } from './colours';
import { TokenDecorations } from './decorations';
import type { ConfidenceServices } from './onDemand';
import { shownIn } from './shownInDraft';
import { Steps } from './steps';
import { Yardstick } from './yardstick';

export interface ConfidenceParts {
  sessions: Sessions;
  models: Models;
  parts: Parts;
  log: vscode.LogOutputChannel;
}

/** Set while the document in front shows tokens with probabilities, or could. */
const HAS_CONFIDENCE = 'variorum.hasConfidence';

/** Confidence in the editor: colours, hovers, scoring, summaries. What needs words is loaded when first used. */
export class Confidence implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #services: ConfidenceServices;
  #hasConfidence = false;

  /** What the editors show, and how each token is read. */
  readonly decorations: TokenDecorations;
  readonly colours = this.#disposables.add(new EditorColours());

  constructor(private readonly parts: ConfidenceParts) {
    const { sessions, models, log } = parts;
    const steps = this.#disposables.add(new Steps());
    const yardstick = new Yardstick(models, log);
    const { colours } = this;
    this.decorations = this.#disposables.add(
      new TokenDecorations({ sessions, colours, yardstick, steps, log }),
    );
    const { decorations } = this;
    this.#services = { sessions, models, log, colours, yardstick, steps, decorations };
    this.#registerCommands();
    this.#registerProviders();
    const update = () => this.#updateKey();
    this.#disposables.add(sessions.onDidChangeAttachments(update));
    this.#disposables.add(vscode.window.onDidChangeActiveTextEditor(update));
    update();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #registerCommands(): void {
    const command = (name: string, run: (argument: unknown) => Promise<void>) =>
      this.#disposables.add(registerCommand(name, this.parts.log, run));
    const onDemand = () => this.parts.parts.loadHost('confidence');
    command('toggleTokenColors', () => this.#toggle());
    command('showTokenConfidence', async (argument) => {
      const { showTokenConfidence } = await onDemand();
      await showTokenConfidence(this.#services, await this.#here(), argument);
    });
    command('showDocumentConfidence', async (argument) => {
      const { showTokenConfidence } = await onDemand();
      const of = typeof argument === 'object' ? argument : {};
      await showTokenConfidence(this.#services, await this.#here(), { ...of, scope: 'document' });
    });
    command('clearTokenConfidence', async () => {
      const { session } = await this.#here();
      await session.scores.clear();
      session.learnt();
    });
    command('speakToken', async () => {
      const { speakToken } = await onDemand();
      await speakToken(this.#services, await this.#here());
    });
    command('confidenceSummary', async (argument) => {
      const { showSummary } = await onDemand();
      await showSummary(this.#services, await this.#here(), argument);
    });
  }

  #registerProviders(): void {
    const { sessions, parts } = this.parts;
    this.#disposables.add(
      vscode.languages.registerHoverProvider(
        { pattern: '**' },
        {
          provideHover: async (document, position) => {
            const session = sessions.get(document);
            const { hoverAt } = session ? await parts.loadHost('confidence') : {};
            return session && hoverAt?.(this.#services, session, position);
          },
        },
      ),
    );
    const changed = this.#disposables.add(new vscode.EventEmitter<void>());
    this.#disposables.add(this.decorations.onDidPaint(() => changed.fire()));
    this.#disposables.add(
      vscode.languages.registerInlayHintsProvider(
        { pattern: '**' },
        {
          onDidChangeInlayHints: changed.event,
          provideInlayHints: async (document, range) => {
            const session = sessions.get(document);
            if (!session || session.draft.state.attachments.length === 0) {
              return [];
            }
            const { summaryHints } = await parts.loadHost('confidence');
            return summaryHints(this.#services, session, range);
          },
        },
      ),
    );
  }

  async #toggle(): Promise<void> {
    const { session } = await this.#here();
    const all = { start: 0, end: session.draft.text.length };
    const isShown = this.colours.filter(session);
    const tokens = [...shownIn(session, all)];
    const isAny = isShown !== undefined && tokens.some(isShown);
    if (tokens.length === 0) {
      throw nothingToShow();
    }
    this.colours.toggle(session, isAny);
  }

  /** The draft in front and its session. @throws VariorumError when there is none */
  async #here(): Promise<{ editor: vscode.TextEditor; session: DocumentSession }> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !isDraft(editor.document)) {
      throw new VariorumError({
        code: 'bad-request',
        message: vscode.l10n.t('There is no draft here.'),
        action: vscode.l10n.t('Put the cursor into a text document first.'),
        retryable: false,
      });
    }
    return { editor, session: await this.parts.sessions.open(editor.document) };
  }

  #updateKey(): void {
    const document = vscode.window.activeTextEditor?.document;
    const session = document && this.parts.sessions.get(document);
    const has =
      session !== undefined &&
      session.draft.state.attachments.length + session.scores.document.attachments.length > 0;
    if (has !== this.#hasConfidence) {
      this.#hasConfidence = has;
      void vscode.commands.executeCommand('setContext', HAS_CONFIDENCE, has);
    }
  }
}

function nothingToShow(): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('Nothing in this document has token probabilities yet.'),
    action: vscode.l10n.t(
      'Insert a branch, or score what is there with "Variorum: Show Token Confidence".',
    ),
    retryable: false,
  });
}
