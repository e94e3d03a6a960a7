import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line or its input is wrong; the message says how. */
export class BadUsage extends Error {}

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>;

/** `parseArgs` whose refusals are `BadUsage`. */
export function parse<T extends ParseArgsConfig>(config: T): Parsed<T> {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node's hint about "--" and positional arguments would only confuse here.
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new BadUsage(`${first.replace(/\.$/, '')}.`);
  }
}

/** A number from an option's text; undefined when the option was not given. */
export function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) {
    throw new BadUsage(`--${name} needs a number, not "${text}".`);
  }
  return value;
}

/** One of a few words; undefined when the option was not given. */
export function choiceOption<T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  const choice = choices.find((other) => other === text);
  if (text !== undefined && choice === undefined) {
    throw new BadUsage(`--${name} takes ${choices.join(', ')}, not "${text}".`);
  }
  return choice;
}
