import { parseStrategy, type RewriteStrategy } from '../strategy';
import { FRAME, IN_CONTEXT, TAIL, TRANSCRIPT } from './asking';
import { MOVES } from './moves';

/** The files of the built-in strategies; each can be copied into a workspace and changed there. */
export const BUILT_IN_FILES: readonly string[] = [IN_CONTEXT, TAIL, ...MOVES, FRAME, TRANSCRIPT];

/** What is used where nothing was chosen. */
export const DEFAULT_STRATEGIES: readonly string[] = ['in-context'];

/** The built-in strategies, and the writer's own; one of the same name replaces a built-in one. */
export function allStrategies(own: readonly RewriteStrategy[] = []): RewriteStrategy[] {
  const builtIn = BUILT_IN_FILES.map((text) => parseStrategy('that ships with Variorum', text));
  return [...new Map([...builtIn, ...own].map((each) => [each.name, each])).values()];
}
