import { diffArrays, type ArrayChange } from 'diff';
import type { Span } from '../text/span';

/** A stretch of a comparison. `in` says where it stands: what is removed in the source, else in the rewrite. */
export interface DiffPiece {
  kind: 'kept' | 'removed' | 'added';
  text: string;
  in: Span;
}

/** Words, runs of space, and every other character by itself; ideographs and kana are words. */
const PIECE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}\p{M}_]+(?:['’][\p{L}\p{N}\p{M}_]+)*|\s+|./gsu;
/** With more differences than this nothing would be left to see: all of it is another text. */
const MOST_EDITS = 4000;

/**
 * What stays, goes and comes, word by word (Myers 1986). The kept and removed pieces joined are the source,
 * the kept and added ones the rewrite; what goes stands before what comes in its place.
 */
export function wordDiff(source: string, rewrite: string): DiffPiece[] {
  const changes: ArrayChange<string>[] | undefined = diffArrays(
    source.match(PIECE) ?? [],
    rewrite.match(PIECE) ?? [],
    {
      maxEditLength: MOST_EDITS,
    },
  );
  const raw = changes?.map(({ value, added, removed }) => ({
    kind: added ? ('added' as const) : removed ? ('removed' as const) : ('kept' as const),
    text: value.join(''),
  })) ?? [
    { kind: 'removed' as const, text: source },
    { kind: 'added' as const, text: rewrite },
  ];
  return placed(joined(raw));
}

type Raw = Pick<DiffPiece, 'kind' | 'text'>;

/** Changes that only space parts become one: it is no comfort to the eye between them. */
function joined(pieces: readonly Raw[]): Raw[] {
  const out: Raw[] = [];
  let [removed, added] = ['', ''];
  const flush = () => {
    out.push(
      ...(removed === '' ? [] : [{ kind: 'removed' as const, text: removed }]),
      ...(added === '' ? [] : [{ kind: 'added' as const, text: added }]),
    );
    [removed, added] = ['', ''];
  };
  pieces.forEach(({ kind, text }, i) => {
    const isBetween = removed + added !== '' && i + 1 < pieces.length;
    if (kind === 'kept' && !(isBetween && text.trim() === '')) {
      flush();
      out.push({ kind, text });
      return;
    }
    removed += kind === 'added' ? '' : text;
    added += kind === 'removed' ? '' : text;
  });
  flush();
  return out;
}

function placed(pieces: readonly Raw[]): DiffPiece[] {
  let [inSource, inRewrite] = [0, 0];
  return pieces
    .filter(({ text }) => text !== '')
    .map(({ kind, text }) => {
      const start = kind === 'removed' ? inSource : inRewrite;
      inSource += kind === 'added' ? 0 : text.length;
      inRewrite += kind === 'removed' ? 0 : text.length;
      return { kind, text, in: { start, end: start + text.length } };
    });
}
