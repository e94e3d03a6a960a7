import { isSceneBreak } from '../text/scene';
import type { Flag } from './flag';
import type { Reading } from './reading';

/** Words after which a scene may well be over. */
const EARLY = 120;

/** Lines that begin another text. */
const BEGINNINGS: readonly RegExp[] = [
  /^[*_]*title:[*_]*[ \t].{0,80}$/iu,
  /^[*_]*once upon a time\b.*$/iu,
];

const LONGEST_MARKER = 100;

/**
 * The scene ends, a section break stands or a new story begins, although the passage had only started.
 * Only for text that continues a passage: elsewhere a section break is the writer's own.
 */
export function findEarlyExit({ subject, prose }: Reading): Flag<'early-exit'>[] {
  if (subject.before === undefined || subject.before.trim() === '') {
    return [];
  }
  const limit = EARLY < prose.count ? (prose.starts[EARLY] ?? 0) : subject.text.length;
  let words = 0;
  for (let start = 0; start <= limit && start < subject.text.length;) {
    const lineEnd = subject.text.indexOf('\n', start);
    const end = lineEnd === -1 ? subject.text.length : lineEnd;
    const marker = subject.text.slice(start, Math.min(end, start + LONGEST_MARKER)).trim();
    while (words < prose.count && (prose.starts[words] ?? 0) < start) {
      words++;
    }
    if (isMarker(marker) && end - start < LONGEST_MARKER) {
      const at = subject.text.indexOf(marker, start);
      const score = 1 - words / (2 * EARLY);
      const evidence = { marker, words };
      const severity = words < EARLY / 2 ? 'warning' : 'note';
      return [
        { start: at, end: at + marker.length, code: 'early-exit', severity, score, evidence },
      ];
    }
    start = end + 1;
  }
  return [];
}

function isMarker(line: string): boolean {
  return isSceneBreak(line) || BEGINNINGS.some((beginning) => beginning.test(line));
}
