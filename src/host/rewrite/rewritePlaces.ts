import * as vscode from 'vscode';
import { proseIn, sentenceAt } from '../../core/text/proseSpan';
import type { Span } from '../../core/text/span';
import type { Notice } from '../../protocol';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import { noDraft, nothingThere, tooLong } from './rewriteErrors';

/** Longest passage, in UTF-16 code units: a chapter is rewritten scene by scene. */
const LONGEST = 20_000;

/** What a keybinding or a quick fix hands over; all of it may be absent. */
export interface RewriteArgument {
  /** The document; the one in front when absent. */
  uri?: string;
  /** LF offsets of what is to be rewritten; the selections or the sentence at the cursor when absent. */
  start?: number;
  end?: number;
  /** Of what is named, the sentences that it lies in. */
  scope?: 'sentence';
  strategies?: readonly string[];
  instruction?: string;
  avoid?: readonly string[];
}

/** The known parts of an argument; whatever else was handed over is passed by. */
export function readArgument(argument: unknown): RewriteArgument {
  const given = (typeof argument === 'object' && argument !== null ? argument : {}) as Partial<
    Record<keyof RewriteArgument, unknown>
  >;
  const { uri, start, end, scope, strategies, instruction, avoid } = given;
  const isSpan = typeof start === 'number' && typeof end === 'number' && start >= 0 && start <= end;
  return {
    ...(typeof uri === 'string' ? { uri } : {}),
    ...(isSpan ? { start, end } : {}),
    ...(scope === 'sentence' ? { scope } : {}),
    ...(isTexts(strategies) ? { strategies } : {}),
    ...(typeof instruction === 'string' ? { instruction } : {}),
    ...(isTexts(avoid) ? { avoid } : {}),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** A document, and the editor that shows it if it is in front. */
export interface Front {
  document: vscode.TextDocument;
  editor?: vscode.TextEditor;
}

/** The document that a command is about. @throws VariorumError when there is none */
export function frontDraft({ uri }: RewriteArgument): Front {
  const active = vscode.window.activeTextEditor;
  const named = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  const document = uri === undefined ? active?.document : named;
  if (!document || !isDraft(document)) {
    throw noDraft();
  }
  return { document, ...(active?.document === document ? { editor: active } : {}) };
}

/**
 * The stretches to rewrite (LF offsets), in the order of the document: what was named, or each selection, or
 * the sentence at each cursor. White space and marks of Markdown around them stay out.
 * @throws VariorumError when there is no text in any, or too much in one
 */
export function spansToRewrite(
  { draft }: DocumentSession,
  { editor }: Front,
  { start, end, scope }: RewriteArgument,
): [Span, ...Span[]] {
  const { text } = draft;
  const isNamed = start !== undefined && end !== undefined;
  const named = isNamed ? [widened(text, { start, end }, scope)] : undefined;
  const selected = (editor?.selections ?? []).map((selection) => ({
    start: draft.offsetAt(selection.start),
    end: draft.offsetAt(selection.end),
  }));
  const given = named ?? selected;
  const found = given.flatMap((span) => {
    const prose = span.start < span.end ? proseIn(text, span) : sentenceAt(text, span.start);
    return prose && /[\p{L}\p{N}]/u.test(text.slice(prose.start, prose.end)) ? [prose] : [];
  });
  const spans = apart(found);
  const [first, ...others] = spans;
  if (!first) {
    throw nothingThere();
  }
  const long = spans.find((span) => span.end - span.start > LONGEST);
  if (long) {
    throw tooLong(long.end - long.start, LONGEST);
  }
  return [first, ...others];
}

function widened(text: string, span: Span, scope: RewriteArgument['scope']): Span {
  const first = scope && sentenceAt(text, span.start);
  const last = scope && sentenceAt(text, Math.max(span.start, span.end - 1));
  return first && last ? { start: first.start, end: last.end } : span;
}

/** In order, without those that lie in one before. */
function apart(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of sorted) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) {
      kept.push(span);
    }
  }
  return kept;
}

/** Which of several passages a batch is about. */
export function whichOf(at: number, count: number): Notice[] {
  if (count < 2) {
    return [];
  }
  const message =
    at === 0
      ? vscode.l10n.t(
          'There are {0} passages; these are rewrites of the first. Those of the others are the next batches.',
          count,
        )
      : vscode.l10n.t('These are rewrites of passage {0} of {1}.', at + 1, count);
  return [{ severity: 'info', message }];
}
