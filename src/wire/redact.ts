/** Stands where a key stood. */
const HIDDEN = '•••';
/** Shorter ones are ordinary words, and no keys: dummies that local servers take. */
const SHORTEST = 6;

/** Takes a key out of plain data: servers repeat it in their errors, and addresses that they name may hold it. */
export function redactor(key: string | undefined): <T>(value: T) => T {
  if (key === undefined || key.length < SHORTEST) {
    return (value) => value;
  }
  const forms = [...new Set([key, encodeURIComponent(key)])];
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return forms.reduce((text, form) => text.replaceAll(form, HIDDEN), value);
    }
    if (Array.isArray(value)) {
      return value.map(clean);
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([name, inner]) => [clean(name), clean(inner)]),
        )
      : value;
  };
  return <T>(value: T) => clean(value) as T;
}
