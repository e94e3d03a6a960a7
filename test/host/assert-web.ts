/**
 * The part of `node:assert/strict` that the tests use, for the web-worker host, which has none.
 * scripts/build-tests.ts puts it in the place of `node:assert/strict` there.
 */
class AssertionError extends Error {
  override readonly name = 'AssertionError';

  constructor(
    message: string | Error | undefined,
    what: string,
    readonly actual?: unknown,
    readonly expected?: unknown,
  ) {
    super(message instanceof Error ? message.message : (message ?? what));
  }
}

type Message = string | Error;
type Check = RegExp | (new (...args: never[]) => unknown) | ((error: unknown) => boolean);

function ok(value: unknown, message?: Message): asserts value {
  if (!value) throw new AssertionError(message, 'expected something truthy', value, true);
}

function equal(actual: unknown, expected: unknown, message?: Message): void {
  if (Object.is(actual, expected)) return;
  throw new AssertionError(message, 'expected the same value', actual, expected);
}

function notEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (!Object.is(actual, expected)) return;
  throw new AssertionError(message, 'expected another value', actual, expected);
}

function deepEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (same(actual, expected)) return;
  throw new AssertionError(message, 'expected equal values', actual, expected);
}

function notDeepEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (!same(actual, expected)) return;
  throw new AssertionError(message, 'expected different values', actual, expected);
}

function match(actual: string, pattern: RegExp, message?: Message): void {
  if (!pattern.test(actual)) throw new AssertionError(message, `no match for ${pattern}`, actual);
}

function doesNotMatch(actual: string, pattern: RegExp, message?: Message): void {
  if (pattern.test(actual)) throw new AssertionError(message, `a match for ${pattern}`, actual);
}

function fail(message?: Message): never {
  throw new AssertionError(message, 'failed');
}

function throws(work: () => unknown, check?: Check, message?: Message): void {
  try {
    work();
  } catch (error) {
    checkError(error, check, message);
    return;
  }
  throw new AssertionError(message, 'expected an exception');
}

async function rejects(
  work: Promise<unknown> | (() => Promise<unknown>),
  check?: Check,
  message?: Message,
): Promise<void> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    checkError(error, check, message);
    return;
  }
  throw new AssertionError(message, 'expected a rejection');
}

function checkError(error: unknown, check: Check | undefined, message?: Message): void {
  if (!check) return;
  if (check instanceof RegExp) match(String(error), check, message);
  else if (isClass(check)) {
    ok(error instanceof check, message ?? `expected a ${check.name}, got ${String(error)}`);
  } else ok(check(error), message ?? `not the expected error: ${String(error)}`);
}

function isClass(check: Check): check is new (...args: never[]) => unknown {
  return typeof check === 'function' && check.prototype !== undefined;
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Map && b instanceof Map) return same([...a], [...b]);
  if (a instanceof Set && b instanceof Set) return same([...a], [...b]);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key)),
  );
}

export default Object.assign(ok.bind(undefined), {
  AssertionError,
  ok,
  equal,
  strictEqual: equal,
  notEqual,
  notStrictEqual: notEqual,
  deepEqual,
  deepStrictEqual: deepEqual,
  notDeepEqual,
  notDeepStrictEqual: notDeepEqual,
  match,
  doesNotMatch,
  fail,
  throws,
  rejects,
});
export {
  AssertionError,
  ok,
  equal,
  notEqual,
  deepEqual,
  notDeepEqual,
  match,
  fail,
  throws,
  rejects,
};
