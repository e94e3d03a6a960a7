import * as vscode from 'vscode';
import { describe } from '../../core/collapse/describe';
import { collapseReport, type ReportData } from '../../core/collapse/report';
import { withLf } from '../../core/text/lineEnds';
import { isDraft } from '../journalPlace';
import { ReportPage } from '../reportPage';
import { positionsIn } from './checks';
import { documentOfPassage } from './collapseService';
import { findInDocument, openCheck, type FindingParts } from './documentFindings';
import { translate } from './words';

/** *Collapse Report*. */
export class ReportDocument implements vscode.Disposable {
  readonly #page = new ReportPage('variorum-report', vscode.l10n.t('Collapse Report'));

  constructor(private readonly parts: FindingParts) {}

  /** Makes the report anew and shows it. */
  async show(document: vscode.TextDocument | undefined, signal: AbortSignal): Promise<void> {
    await this.#page.show(collapseReport(await this.#data(document, signal), translate));
  }

  dispose(): void {
    this.#page.dispose();
  }

  async #data(document: vscode.TextDocument | undefined, signal: AbortSignal): Promise<ReportData> {
    const { service } = this.parts;
    const own = document && isDraft(document) ? await this.#read(document, signal) : undefined;
    return {
      ...(own && { document: own }),
      batches: service.batches(),
      ledger: await service.ledger.read(),
      placeOf: documentOfPassage,
      when: (time) => new Date(time).toLocaleString(vscode.env.language),
    };
  }

  async #read(
    document: vscode.TextDocument,
    signal: AbortSignal,
  ): Promise<NonNullable<ReportData['document']>> {
    const check = await openCheck(this.parts, document);
    const text = withLf(document.getText());
    const { found, language } = await findInDocument(this.parts, document, { check, text }, signal);
    const positions = positionsIn(text);
    return {
      name: vscode.workspace.asRelativePath(document.uri),
      isReadable: language !== 'other',
      findings: found.map(({ flag }) => ({
        code: flag.code,
        message: describe(flag, translate),
        line: positions.rangeOf(flag).start.line + 1,
      })),
    };
  }
}
