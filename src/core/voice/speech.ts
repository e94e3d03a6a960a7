/** What a quotation mark does, judged by the characters around it. */
type Turn = 'opens' | 'closes' | undefined;

const LETTER = /\p{L}/u;
const CAPITAL = /\p{Lu}/u;
const BEFORE_CLOSING = /[\p{P}]/u;

/**
 * Follows what is said aloud through a text: double quotes of all kinds, single ones where they hold a
 * speech, and the dash that begins a spoken paragraph. A paragraph ends a speech that nothing closed.
 */
export class Speech {
  /** Whether what follows is said aloud. */
  isOpen = false;
  #single = false;

  constructor(private readonly text: string) {}

  /** A new paragraph begins. */
  paragraph(): void {
    this.isOpen = false;
    this.#single = false;
  }

  /** The dash at the beginning of a paragraph. */
  dash(): void {
    this.isOpen = true;
  }

  /** Reads the mark at an offset; anything else changes nothing. */
  read(at: number, unit: number): void {
    const turn = this.#double(at, unit);
    if (turn !== undefined) {
      this.isOpen = turn === 'opens';
      this.#single = false;
    } else if (unit === 0x27 || unit === 0x2018 || unit === 0x2019) {
      this.#readSingle(at, unit);
    }
  }

  #double(at: number, unit: number): Turn {
    switch (unit) {
      case 0x201c:
      case 0x201e:
      case 0xab:
        return 'opens';
      case 0x201d:
      case 0xbb:
        return 'closes';
      case 0x22:
        return this.#straight(at);
      case 0x60:
        return this.text.charCodeAt(at + 1) === 0x60 ? 'opens' : undefined;
      case 0x27:
        return this.text.charCodeAt(at + 1) === 0x27 ? 'closes' : undefined;
      default:
        return undefined;
    }
  }

  #straight(at: number): Turn {
    const before = this.#isSpace(at - 1);
    const after = this.#isSpace(at + 1);
    if (before !== after) {
      return before ? 'opens' : 'closes';
    }
    return this.isOpen ? 'closes' : 'opens';
  }

  #isSpace(at: number): boolean {
    const character = this.text.charAt(at);
    return character === '' || character.trim() === '';
  }

  #readSingle(at: number, unit: number): void {
    const before = this.text.charAt(at - 1);
    const after = this.text.charAt(at + 1);
    if (this.#single) {
      if (unit !== 0x2018 && BEFORE_CLOSING.test(before) && !LETTER.test(after)) {
        this.paragraph();
      }
    } else if (!this.isOpen && unit !== 0x2019 && !LETTER.test(before) && CAPITAL.test(after)) {
      this.isOpen = true;
      this.#single = true;
    }
  }
}
