import { parseStrategy, type RewriteStrategy } from '../strategy';

/** The files of the built-in strategies, by name; each can be copied into a workspace and edited there. */
export const BUILT_IN_FILES: Readonly<Record<string, string>> = {};

/** The built-in strategies, and the writer's own; one of the same name replaces a built-in one. */
export function allStrategies(own: readonly RewriteStrategy[] = []): RewriteStrategy[] {
  const builtIn = Object.entries(BUILT_IN_FILES).map(([name, text]) => parseStrategy(name, text));
  const byName = new Map([...builtIn, ...own].map((strategy) => [strategy.name, strategy]));
  return [...byName.values()];
}
