import { withLf } from '../../text/lineEnds';
import { damaged } from './loom';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field; what an object inherits is no data. */
export function field(of: Fields, name: string): unknown {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

/** @throws VariorumError `bad-request` when it is no object */
export function fieldsIn(value: unknown, what: string): Fields {
  if (!isFields(value)) {
    throw damaged(`${what} is not an object`);
  }
  return value;
}

/** @throws VariorumError `bad-request` when it is no list */
export function listIn(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw damaged(`${what} is not a list`);
  }
  return value;
}

/** A text with LF line ends. @throws VariorumError `bad-request` when it is none */
export function textIn(value: unknown, what: string): string {
  if (typeof value !== 'string') {
    throw damaged(`${what} is not text`);
  }
  return withLf(value);
}

/** An id, which some programs keep as a number. @throws VariorumError `bad-request` */
export function idIn(value: unknown, what: string): string {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return String(value);
  }
  if (typeof value !== 'string' || value === '') {
    throw damaged(`${what} is not an id`);
  }
  return value;
}

/** As `idIn`, null where there is none. */
export function parentIn(value: unknown, what: string): string | null {
  return value === null || value === undefined ? null : idIn(value, what);
}
