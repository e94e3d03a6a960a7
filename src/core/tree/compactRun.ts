import type { Run, Token } from '../model/token';
import type { StoredRun } from './packedRun';
import { packRun, unpackRun } from './runCodec';

/** Tokens that are packed together: one block is unpacked for one look at a token. */
const BLOCK = 256;

/** Tokens that are packed together, and how many UTF-16 code units of text they cover. */
export interface PackedBlock {
  length: number;
  run: StoredRun;
}

interface Block {
  packed: StoredRun;
  start: number;
  end: number;
  /** Which of the run's tokens is its first. */
  first: number;
}

/**
 * The tokens of a long text in little memory. Where they stand and how probable they were is at hand;
 * the rest of a token (alternatives, tail, bytes, id) is unpacked when it is asked for.
 */
export class CompactRun {
  readonly #tokens: Token[] = [];
  readonly #blocks: Block[] = [];
  #unpacked: { block: Block; tokens: readonly Token[] } | undefined;
  #end = 0;

  /** The tokens without what is packed: none has alternatives, a tail, bytes or an id. */
  get tokens(): readonly Token[] {
    return this.#tokens;
  }

  /** What is to be written down: blocks that follow each other. */
  get packed(): readonly PackedBlock[] {
    return this.#blocks.map(({ packed, start, end }) => ({ length: end - start, run: packed }));
  }

  /** UTF-16 code units that the tokens cover. */
  get length(): number {
    return this.#end;
  }

  /**
   * Adds tokens that go on where the last one ended.
   * @param text the whole text so far, of which they are slices
   * @throws RangeError when they do not tile it
   */
  add({ tokens, ...of }: Run, text: string): void {
    for (let at = 0; at < tokens.length; at += BLOCK) {
      const some = tokens.slice(at, at + BLOCK);
      const start = this.#end;
      const end = some.at(-1)?.end ?? start;
      const moved = some.map((token) => ({
        ...token,
        start: token.start - start,
        end: token.end - start,
      }));
      const packed = packRun({ ...of, tokens: moved }, text.slice(start, end));
      if (packed === undefined) {
        throw new RangeError(`Tokens ${start}–${end} do not tile their text.`);
      }
      this.#blocks.push({ packed, start, end, first: this.#tokens.length });
      this.#tokens.push(...some.map(light));
      this.#end = end;
    }
  }

  /** The whole of a token; undefined when there is none, or its block is damaged. */
  token(index: number, text: string): Token | undefined {
    const block = this.#blocks.findLast(({ first }) => first <= index);
    if (block === undefined) {
      return undefined;
    }
    if (this.#unpacked?.block !== block) {
      const { packed, start, end } = block;
      const run = unpackRun(packed, text.slice(start, end));
      this.#unpacked = { block, tokens: run?.tokens ?? [] };
    }
    const token = this.#unpacked.tokens[index - block.first];
    return token && { ...token, start: token.start + block.start, end: token.end + block.start };
  }

  /** Reads what `packed` gave; undefined when it is damaged or not about this text. */
  static read(packed: readonly PackedBlock[], text: string): CompactRun | undefined {
    const run = new CompactRun();
    for (const { length, run: stored } of packed) {
      const start = run.#end;
      const block = unpackRun(stored, text.slice(start, start + length));
      if (block === undefined) {
        return undefined;
      }
      const moved = block.tokens.map((t) => ({ ...t, start: t.start + start, end: t.end + start }));
      run.add({ ...block, tokens: moved }, text);
    }
    return run.#end === text.length ? run : undefined;
  }
}

const NONE: readonly [] = [];

function light({ start, end, logprob, missing }: Token): Token {
  return { start, end, logprob, ...(missing ? { missing } : {}), alternatives: NONE, tail: null };
}
