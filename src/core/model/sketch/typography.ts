import type { Chunk } from '../languageModel';
import type { Run, Token } from '../token';

/** As much of the text before a place as is looked at, in UTF-16 code units. */
const REACH = 4000;
const CURLY_DOUBLE = /[“”]/gu;
const CURLY_SINGLE = /[‘’]/gu;
const BEFORE_OPENING = /^$|[\s([{“‘—–-]$/u;

/** The text with straight quotes and apostrophes, as Sketch knows them. Every character keeps its place. */
export function straightened(text: string): string {
  return text.replace(CURLY_DOUBLE, '"').replace(CURLY_SINGLE, "'");
}

/** How a text sets quotes and apostrophes. Those that it does not show are set as those that it does. */
export interface Typography {
  doubles: 'curly' | 'straight';
  singles: 'curly' | 'straight';
}

/** The typography of the end of a text, or of what follows where it shows none. */
export function typographyOf(before: string, after = ''): Typography {
  const known = kindsIn(before.slice(-REACH));
  const { doubles, singles } =
    known.doubles || known.singles ? known : kindsIn(after.slice(0, REACH));
  return {
    doubles: doubles ?? singles ?? 'straight',
    singles: singles ?? doubles ?? 'straight',
  };
}

function kindsIn(text: string): Partial<Typography> {
  const kind = (curly: RegExp, straight: RegExp) => {
    const curls = text.match(curly)?.length ?? 0;
    const others = text.match(straight)?.length ?? 0;
    return curls + others === 0 ? {} : ({ is: curls >= others ? 'curly' : 'straight' } as const);
  };
  const doubles = kind(CURLY_DOUBLE, /"/gu).is;
  const singles = kind(CURLY_SINGLE, /'/gu).is;
  return { ...(doubles ? { doubles } : {}), ...(singles ? { singles } : {}) };
}

/** Sets text that follows another, character by character, in its typography. */
export class Typesetter {
  private last: string;
  private isOpen: boolean;

  /** @param before as it stands, curly or straight */
  constructor(
    private readonly typography: Typography,
    before: string,
  ) {
    const paragraph = before.slice(before.lastIndexOf('\n') + 1).slice(-REACH);
    this.last = paragraph.slice(-1);
    const marks = paragraph.match(/["“”]/gu) ?? [];
    this.isOpen = marks.reduce((open, mark) => (mark === '"' ? !open : mark === '“'), false);
  }

  copy(): Typesetter {
    const copy = new Typesetter(this.typography, '');
    copy.last = this.last;
    copy.isOpen = this.isOpen;
    return copy;
  }

  /** The text as it is to stand here; what is set next follows it. */
  set(text: string): string {
    let out = '';
    for (let i = 0; i < text.length; i++) {
      const unit = text.charAt(i);
      out += this.setUnit(unit, text.charAt(i + 1));
      this.last = unit;
    }
    return out;
  }

  /** The text as it would stand here. */
  preview(text: string): string {
    return /["']/u.test(text) ? this.copy().set(text) : text;
  }

  private setUnit(unit: string, next: string): string {
    if (unit === '\n') {
      this.isOpen = false;
    } else if (unit === '"') {
      this.isOpen = !this.isOpen;
      return this.typography.doubles === 'straight' ? unit : this.isOpen ? '“' : '”';
    } else if (unit === "'" && this.typography.singles === 'curly') {
      // Where a word begins small it has lost its first letters: 'tis.
      const opens = BEFORE_OPENING.test(this.last) && !/\p{Ll}/u.test(next);
      return opens ? '‘' : '’';
    }
    return unit;
  }
}

/** The stream of branches in the typography of what they follow. */
export async function* typesetBranches(
  chunks: AsyncIterable<Chunk>,
  typesetter: Typesetter,
): AsyncGenerator<Chunk, void, undefined> {
  const branches = new Map<number, Typesetter>();
  for await (const chunk of chunks) {
    if (chunk.kind !== 'delta') {
      yield chunk;
      continue;
    }
    const own = branches.get(chunk.branch) ?? typesetter.copy();
    branches.set(chunk.branch, own);
    const { tokens = [] } = chunk;
    const from = tokens[0]?.start ?? 0;
    let text = '';
    const set = tokens.map((token) => {
      const done = withAlternatives(token, own);
      text += own.set(chunk.text.slice(token.start - from, token.end - from));
      return done;
    });
    yield { ...chunk, text, tokens: set };
  }
}

/** A run of `text`, scored with straight marks, with alternatives in the text's own typography. */
export function typesetRun(run: Run, text: string, typography: Typography): Run {
  const first = run.tokens[0]?.start ?? 0;
  const typesetter = new Typesetter(typography, text.slice(Math.max(0, first - REACH), first));
  const tokens = run.tokens.map((token) => {
    const done = withAlternatives(token, typesetter);
    typesetter.set(straightened(text.slice(token.start, token.end)));
    return done;
  });
  return { ...run, tokens };
}

function withAlternatives(token: Token, typesetter: Typesetter): Token {
  return token.alternatives.some(({ text }) => /["']/u.test(text))
    ? {
        ...token,
        alternatives: token.alternatives.map((other) => ({
          ...other,
          text: typesetter.preview(other.text),
        })),
      }
    : token;
}
