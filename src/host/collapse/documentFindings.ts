import type * as vscode from 'vscode';
import type { DocumentCheck, DocumentFindings } from '../../core/collapse/documentCheck';
import { movedFlag, type Flag } from '../../core/collapse/flag';
import { underRules } from '../../core/collapse/rules';
import { inTurns } from '../../core/steps';
import type { Span } from '../../core/text/span';
import { clock } from '../platform';
import type { Sessions } from '../sessions';
import type { BranchFindings } from './branchFindings';
import type { CollapseService } from './collapseService';
import type { Found } from './finding';
import type { RulesSource } from './rulesSource';

/** What findings in documents are made with. */
export interface FindingParts {
  sessions: Sessions;
  service: CollapseService;
  rules: RulesSource;
  findings: BranchFindings;
  log: vscode.LogOutputChannel;
}

/** What stands in a document. */
export interface Checked {
  found: readonly Found[];
  language: DocumentFindings['language'];
}

/** A check of a document under the writer's rules, which follows its edits. */
export async function openCheck(
  { rules, service }: FindingParts,
  document: vscode.TextDocument,
): Promise<DocumentCheck> {
  const [own, reviewer] = await Promise.all([rules.rulesFor(document), service.reviewer()]);
  return reviewer.openDocument(own);
}

/**
 * Everything there is to find in a document, or in a part of it: in its text, and in the branches it shows.
 * @param text of the document, line ends LF
 * @throws the signal's reason when it is aborted
 */
export async function findInDocument(
  { sessions, service, rules, findings }: FindingParts,
  document: vscode.TextDocument,
  { check, text, span }: { check: DocumentCheck; text: string; span?: Span | undefined },
  signal: AbortSignal,
): Promise<Checked> {
  const part = span ? text.slice(span.start, span.end) : text;
  const { flags, language } = await inTurns(check.update(part), clock, signal);
  // Of a whole document, only what models wrote in it is compared with the writer's own prose.
  const drift = span ? await service.driftIn(part) : [];
  const moved = [...flags, ...drift].map((flag) => movedFlag(flag, span?.start ?? 0));
  const own = underRules(moved, await rules.rulesFor(document));
  const session = sessions.get(document);
  const branches = session ? await findings.find(session, signal) : [];
  signal.throwIfAborted();
  return { found: merged(own, branches, span), language };
}

/** Findings of the text, and those about branches in it that the text alone does not show. */
function merged(
  own: readonly Flag[],
  branches: readonly Found[],
  span: Span | undefined,
): readonly Found[] {
  const isNew = ({ flag }: Found) =>
    own.every((o) => o.code !== flag.code || o.end <= flag.start || flag.end <= o.start);
  const isInside = ({ flag }: Found) =>
    span === undefined || (flag.start >= span.start && flag.end <= span.end);
  const added = branches.filter((found) => isInside(found) && isNew(found));
  return [...own.map((flag) => ({ flag })), ...added].sort((a, b) => a.flag.start - b.flag.start);
}
