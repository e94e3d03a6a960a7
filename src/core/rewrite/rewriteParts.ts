import type { Flag } from '../collapse/flag';
import type { RewriteStrategy } from './strategy';

/** How much may be asked for. */
export interface RewriteLimits {
  /** Requests for one rewrite at most, the first included, 1 to 10. */
  tries: number;
  /** Tokens after which nothing is asked for again (prompts and answers, estimated where not told). */
  tokens: number;
}

export const DEFAULT_LIMITS: RewriteLimits = { tries: 4, tokens: 100_000 };

export interface RewriteParts {
  /** All there are: the built-in ones and the writer's. */
  strategies: readonly RewriteStrategy[];
  /** The findings of the collapse check on a text. */
  flagsOf: (text: string, signal: AbortSignal) => Promise<readonly Flag[]>;
  limits?: Partial<RewriteLimits>;
  /** ≥ 0; 1 when absent. */
  temperature?: number;
  /** Alternatives wanted for each token, ≥ 0; 0 when absent. */
  alternatives?: number;
  /** Whole number; branch i uses seed + i. */
  seed?: number;
}
