import * as vscode from 'vscode';
import { describe } from '../../core/collapse/describe';
import type { Flag } from '../../core/collapse/flag';
import type { NodeId } from '../../core/tree/node';
import { branchUri } from './branchDocuments';
import { translate } from './words';

/** Where every code is explained. */
const EXPLANATIONS = vscode.Uri.parse(
  'https://github.com/variorum/variorum/blob/main/docs/collapse.md',
);

const SEVERITIES: Record<Flag['severity'], vscode.DiagnosticSeverity> = {
  note: vscode.DiagnosticSeverity.Information,
  warning: vscode.DiagnosticSeverity.Warning,
  error: vscode.DiagnosticSeverity.Error,
};

/** A finding where a document shows it. */
export interface Found {
  /** Offsets are LF in the document; related places without a node are in the document too. */
  flag: Flag;
  /** The branch whose text it is in, where it is about a branch. */
  origin?: { node: NodeId; key: string };
}

/** Positions of LF offsets in a document. */
export interface Positions {
  rangeOf(span: { start: number; end: number }): vscode.Range;
}

/** A finding in the editor; it keeps the version of the document that it was found in. */
export class FindingDiagnostic extends vscode.Diagnostic {
  readonly version: number;

  constructor(
    readonly found: Found,
    document: vscode.TextDocument,
    positions: Positions,
    isHint: boolean,
  ) {
    const { flag } = found;
    const severity = isHint ? vscode.DiagnosticSeverity.Hint : SEVERITIES[flag.severity];
    super(positions.rangeOf(flag), describe(flag, translate), severity);
    this.version = document.version;
    this.source = 'Variorum';
    this.code = { value: flag.code, target: EXPLANATIONS.with({ fragment: flag.code }) };
    const related = relatedTo(flag, document, positions);
    if (related.length > 0) {
      this.relatedInformation = related;
    }
  }
}

function relatedTo(
  { related = [] }: Flag,
  document: vscode.TextDocument,
  positions: Positions,
): vscode.DiagnosticRelatedInformation[] {
  return related.map(({ node, start, end }) =>
    node === undefined
      ? new vscode.DiagnosticRelatedInformation(
          new vscode.Location(document.uri, positions.rangeOf({ start, end })),
          vscode.l10n.t('here too'),
        )
      : new vscode.DiagnosticRelatedInformation(
          new vscode.Location(branchUri(document.uri, node), new vscode.Position(0, 0)),
          vscode.l10n.t('in another branch'),
        ),
  );
}
