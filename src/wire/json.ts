/** A string of JSON, which is left alone, or one of the numbers that JSON has no word for. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/**
 * JSON of any server: some write NaN and Infinity for numbers that are none, which read as null.
 * @returns undefined when it is none
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return /NaN|Infinity/.test(text) ? parseLoosely(text) : undefined;
  }
}

function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(
      text.replace(STRING_OR_NUMBER, (found) => (found.startsWith('"') ? found : 'null')),
    );
  } catch {
    return undefined;
  }
}
