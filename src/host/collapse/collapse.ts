import * as vscode from 'vscode';
import { CODES } from '../../core/collapse/codes';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import { AllowStore } from './allowStore';
import { registerBranchDocuments } from './branchDocuments';
import { BranchFindings } from './branchFindings';
import { Checks } from './checks';
import { turnOff } from './collapseSettings';
import { CollapseService, type CollapseParts } from './collapseService';
import { dismiss } from './dismissals';
import type { Checked } from './documentFindings';
import { Hints } from './hints';
import {
  FIX_COMMANDS,
  registerQuickFixes,
  type AllowFix,
  type DismissFix,
  type TurnOffFix,
} from './quickFixes';
import { ReportDocument } from './reportDocument';
import { RulesSource } from './rulesSource';

/** Checks of more text than this can be cancelled, in UTF-16 code units: others are over at once. */
const LONG = 500_000;
const STATUS_MS = 6000;

/** Everything about collapse that is read when it is first needed. */
export class Collapse implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #rules: RulesSource;
  readonly #checks: Checks;
  readonly #report: ReportDocument;
  readonly #onDidChangeRules = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly service: CollapseService;
  /** What is looked for, or what it is judged by, has changed. */
  readonly onDidChangeRules = this.#onDidChangeRules.event;

  constructor(private readonly parts: CollapseParts) {
    const { sessions, context, log } = parts;
    const add = <T extends vscode.Disposable>(item: T) => this.#disposables.add(item);
    const rules = (this.#rules = add(new RulesSource(new AllowStore(context))));
    const service = (this.service = add(new CollapseService(parts, rules)));
    const findings = new BranchFindings(service);
    const finding = { sessions, service, rules, findings, log };
    this.#checks = add(new Checks(finding));
    this.#report = add(new ReportDocument(finding));
    const hints = add(new Hints(sessions, service, findings, log));
    add(registerBranchDocuments(sessions));
    add(registerQuickFixes());
    add(this.#registerFixes(hints));
    const changed = () => {
      service.forget();
      findings.forget();
      hints.refresh();
      this.#checks.recheckAll().catch((error: unknown) => log.error(String(error)));
      this.#onDidChangeRules.fire();
    };
    add(rules.onDidChange(changed));
    add(parts.voice.onDidLearnVoice(changed));
  }

  /** *Check Selection*, *Check Document*: what is found goes into Problems. */
  async check(document: vscode.TextDocument, selection?: vscode.Range): Promise<void> {
    const run = (signal: AbortSignal) => this.#checks.check(document, selection, signal);
    const isLong = document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > LONG;
    const checked = isLong ? await cancellable(run) : await run(new AbortController().signal);
    if (checked) {
      tell(checked);
    }
  }

  /** *Clear Findings*. */
  clear(): void {
    this.#checks.clear();
  }

  /** *Collapse Report*. */
  async report(document: vscode.TextDocument | undefined): Promise<void> {
    await cancellable((signal) => this.#report.show(document, signal));
  }

  /** *Clear Attractor Ledger*, once the writer has said so again. */
  async clearLedger(): Promise<void> {
    const clear = vscode.l10n.t('Clear');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Forget what models came back to in this workspace? Trees and drafts stay as they are.',
      ),
      { modal: true },
      clear,
    );
    if (choice === clear) {
      await this.service.ledger.clear();
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #registerFixes(hints: Hints): vscode.Disposable {
    const { sessions, log } = this.parts;
    const documentAt = (uri: vscode.Uri) =>
      vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
    // They are run by quick fixes alone, which hand them what they need.
    const fix = (command: string, run: (argument: unknown) => Promise<void>) =>
      registerCommand(command, log, run);
    return vscode.Disposable.from(
      fix(FIX_COMMANDS.allow, async (argument) => {
        const { uri, level, phrase } = argument as AllowFix;
        const document = documentAt(uri);
        if (document) {
          await this.#rules.allow(document, level, phrase);
        }
      }),
      fix(FIX_COMMANDS.dismiss, async (argument) => {
        const { uri, node, key } = argument as DismissFix;
        const document = documentAt(uri);
        const session = document && sessions.get(document);
        if (session) {
          await dismiss(session, node, [key]);
          hints.refresh();
          await this.#checks.recheckAll();
        }
      }),
      fix(FIX_COMMANDS.turnOff, (argument) => turnOff((argument as TurnOffFix).code)),
    );
  }
}

/** Says what came of a check, where it does not speak for itself. */
function tell({ found, language }: Checked): void {
  if (language === 'other') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'This text is not in English. Loops, broken script and what is known of its branches were looked for; canned phrases, endings, lessons and rhymes were not.',
      ),
    );
  }
  const codes = new Set(found.map(({ flag }) => flag.code));
  const [only] = codes;
  const message =
    found.length === 0
      ? vscode.l10n.t('Variorum found nothing.')
      : codes.size === 1 && only !== undefined
        ? vscode.l10n.t('{0} in Problems: {1}', found.length, vscode.l10n.t(CODES[only].title))
        : vscode.l10n.t('{0} findings in Problems.', found.length);
  vscode.window.setStatusBarMessage(message, STATUS_MS);
}

/** Work that the writer can call off; undefined when they did. */
async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const controller = new AbortController();
  const title = vscode.l10n.t('Variorum is reading');
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    token.onCancellationRequested(() => controller.abort());
    try {
      return await work(controller.signal);
    } catch (error) {
      if (controller.signal.aborted) {
        return undefined;
      }
      throw error;
    }
  });
}
