import type { BorderFutures } from '../diversity/futures';

/** What resampling told of a branch: of each sentence its start and end, and how many futures it has. */
export function writeFreezeMark(borders: readonly BorderFutures[]): string {
  return JSON.stringify(
    borders.map(({ sentence, futures }) => [sentence.start, sentence.end, futures]),
  );
}

/** Undefined where the mark is none, or damaged, or not of this text. */
export function readFreezeMark(
  value: string | undefined,
  text: string,
): BorderFutures[] | undefined {
  const read: unknown = value === undefined ? undefined : parse(value);
  if (!Array.isArray(read)) {
    return undefined;
  }
  const borders = read.flatMap((each) => borderOf(each, text.length) ?? []);
  return borders.length === read.length ? borders : undefined;
}

function borderOf(value: unknown, length: number): BorderFutures | undefined {
  const [start, end, futures] = Array.isArray(value) ? (value as unknown[]) : [];
  const isSound =
    typeof start === 'number' &&
    typeof end === 'number' &&
    0 <= start &&
    start < end &&
    end <= length &&
    (futures === null || (typeof futures === 'number' && futures >= 1));
  return isSound ? { sentence: { start, end }, futures } : undefined;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
