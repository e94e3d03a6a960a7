import * as v from 'valibot';
import type { TypedPrint, UnitPrint } from '../provenance/fingerprint';
import { LatestFile } from './latestFile';
import type { WriterId } from './node';
import { joinPath, type Store } from './store';

/** What one writer's file holds. */
interface TypedFile {
  name: string;
  print: TypedPrint;
}

const NAME = /^[0-9a-z]{4,32}-typed\.json(\.tmp)?$/;
const HASH = v.pipe(v.string(), v.regex(/^[0-9a-z]{4,16}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 31));
/** A number passes over so many units; then one wholly typed, or one with the borders of what is. */
const unitSchema = v.union([count, HASH, v.tupleWithRest([HASH], count)]);
const fileSchema = v.looseObject({ v: v.literal(1), text: HASH, units: v.array(unitSchema) });
type Packed = v.InferOutput<typeof unitSchema>;

/** Reads what was written down of typed text; what is damaged is left out, and left where it is. */
export async function readTyped(store: Store, folder: string): Promise<readonly TypedFile[]> {
  const found: TypedFile[] = [];
  for (const name of (await store.list(folder)).filter((one) => NAME.test(one)).sort()) {
    const bytes = await store.read(joinPath(folder, name)).catch(() => undefined);
    const print = bytes && parse(bytes);
    if (print !== undefined) {
      found.push({ name, print });
    }
  }
  return found;
}

/**
 * Writes down what of a document was typed, in the document's folder, where git keeps it: hashes, never
 * text. Once written, the file stands for those of earlier writers that it was made from.
 */
export class TypedWriter {
  readonly #file: LatestFile;
  #superseded: readonly string[];

  /** @param superseded names of files whose content went into what will be saved */
  constructor(
    private readonly store: Store,
    private readonly folder: string,
    writer: WriterId,
    superseded: readonly string[],
  ) {
    this.#file = new LatestFile(store, joinPath(folder, `${writer}-typed.json`));
    this.#superseded = superseded;
  }

  /** Resolves when this, or something later, is written. Rejects with the store's error. */
  async save(print: () => TypedPrint): Promise<void> {
    await this.#file.save(() => `${JSON.stringify(toFile(print()))}\n`);
    const old = this.#superseded;
    this.#superseded = [];
    for (const name of old) {
      // One that stays costs only room.
      await this.store.remove(joinPath(this.folder, name)).catch(() => undefined);
    }
  }
}

function toFile({ text, units }: TypedPrint): v.InferOutput<typeof fileSchema> {
  const packed: Packed[] = [];
  let next = 0;
  for (const { at, hash, typed } of units) {
    if (at > next) {
      packed.push(at - next);
    }
    packed.push(typed === undefined ? hash : [hash, ...typed]);
    next = at + 1;
  }
  return { v: 1, text, units: packed };
}

function parse(bytes: Uint8Array): TypedPrint | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const parsed = v.safeParse(fileSchema, json);
    return parsed.success ? fromFile(parsed.output) : undefined;
  } catch {
    // Cut short by a crash, or merged by hand.
    return undefined;
  }
}

function fromFile({ text, units }: v.InferOutput<typeof fileSchema>): TypedPrint | undefined {
  const out: UnitPrint[] = [];
  let at = 0;
  for (const unit of units) {
    if (typeof unit === 'number') {
      at += unit;
    } else if (typeof unit === 'string') {
      out.push({ at: at++, hash: unit });
    } else {
      const [hash, ...borders] = unit;
      const isAscending = borders.every((border, i) => i === 0 || border > (borders[i - 1] ?? 0));
      if (borders.length % 2 !== 0 || !isAscending) {
        return undefined;
      }
      out.push({ at: at++, hash, typed: Uint32Array.from(borders) });
    }
  }
  return { text, units: out };
}
