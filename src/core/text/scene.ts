import { hasWords, type Border, type BorderSearch } from './border';

/** Lines that part scenes: rules, signs, “The End”, headings. */
const BREAKS: readonly RegExp[] = [
  /^(?:[*•~=#_–—-][ \t]?){3,}$/u,
  /^(?:[#⁂§❦][ \t]?)+$/u,
  /^[*_"“([]*(?:the end|fin|end of (?:story|scene|chapter|part)\b.{0,20}|to be continued)[.!…*_"”)\]]*$/iu,
  /^[*_]*(?:epilogue|prologue|(?:chapter|part|act|scene|book)[ \t]+(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))[*_]*(?:[ \t]*[:.–—-].{0,60})?[*_]*$/iu,
  /^#{1,6} \S.{0,80}$/u,
];

const LONGEST_BREAK = 100;
/** With more words than this a line that is no break yet has become prose. */
const FEW_WORDS = 4;

/** Whether a line ends a scene. */
export function isSceneBreak(line: string): boolean {
  const trimmed = line.trim();
  return line.length <= LONGEST_BREAK && BREAKS.some((pattern) => pattern.test(trimmed));
}

/** Where the first scene with something to read ends: before the space that stands before the break. */
export function sceneEnd(text: string, { from, complete }: BorderSearch): Border {
  let start = text.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end - start <= LONGEST_BREAK && hasWords(text, start)) {
      const line = text.slice(start, end);
      const before = () => text.slice(0, start).trimEnd().length;
      const isWhole = newline !== -1 || complete;
      if (isWhole && isSceneBreak(line)) {
        return { found: true, end: before() };
      }
      if (!isWhole && mayBecomeBreak(line)) {
        return { found: false, safe: before(), resume: start };
      }
    }
    if (newline === -1) {
      break;
    }
    start = newline + 1;
  }
  const safe = text.trimEnd().length;
  return { found: false, safe, resume: Math.min(start, text.length) };
}

function mayBecomeBreak(line: string): boolean {
  return line.trim().split(/\s+/u).length <= FEW_WORDS || isSceneBreak(line);
}
