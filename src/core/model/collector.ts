import { toModelError, type ModelError } from './error';
import type { Chunk, Finish, Usage } from './languageModel';
import type { Token } from './token';

/** What has come of one branch so far. */
export interface CollectedBranch {
  readonly index: number;
  text: string;
  /** They tile `text`. */
  tokens: Token[];
  status: 'streaming' | 'done' | 'stopped' | 'failed';
  finish?: Finish;
  usage?: Usage;
  error?: ModelError;
}

/**
 * Gathers the chunks of a stream into branches. Whatever a backend sends, the tokens of a branch
 * tile its text: a delta without tokens becomes one `unsupported` token, and text that its tokens
 * leave uncovered becomes a `gap`.
 */
export class Collector {
  readonly branches: readonly CollectedBranch[];

  constructor(n: number) {
    this.branches = Array.from({ length: n }, (_, index) => ({
      index,
      text: '',
      tokens: [],
      status: 'streaming',
    }));
  }

  /**
   * Takes one chunk; chunks for a branch that has ended or never was are ignored.
   * @returns the tokens it added
   */
  add(chunk: Chunk): readonly Token[] {
    const branch = this.branches[chunk.branch];
    if (branch?.status !== 'streaming') {
      return [];
    }
    switch (chunk.kind) {
      case 'delta':
        return append(branch, chunk.text, chunk.tokens);
      case 'end':
        branch.status = chunk.finish === 'cancelled' ? 'stopped' : 'done';
        branch.finish = chunk.finish;
        if (chunk.usage) {
          branch.usage = chunk.usage;
        }
        return [];
      case 'error':
        branch.status = 'failed';
        branch.error = chunk.error;
        return [];
    }
  }

  /**
   * Ends what a stream left open: `stopped` when the writer asked for it, else `failed`.
   * @returns the branches it ended
   */
  close(reason: { cancelled: true } | { error: unknown }): readonly CollectedBranch[] {
    const open = this.branches.filter(({ status }) => status === 'streaming');
    for (const { index } of open) {
      this.add(
        'cancelled' in reason
          ? { branch: index, kind: 'end', finish: 'cancelled' }
          : { branch: index, kind: 'error', error: toModelError(reason.error) },
      );
    }
    return open;
  }
}

function append(branch: CollectedBranch, text: string, tokens?: readonly Token[]): Token[] {
  const start = branch.text.length;
  branch.text += text;
  const added = tile(start, branch.text.length, tokens);
  branch.tokens.push(...added);
  return added;
}

/** Tokens that tile the text from `start` to `end`: those given that fit, and a `gap` or `unsupported` one for the rest. */
export function tile(start: number, end: number, tokens: readonly Token[] | undefined): Token[] {
  if (tokens === undefined) {
    return start === end ? [] : [empty(start, end, 'unsupported')];
  }
  const tiled: Token[] = [];
  let at = start;
  for (const token of tokens) {
    const whole = token.start >= at && token.end >= token.start && token.end <= end;
    if (!whole) {
      continue;
    }
    if (token.start > at) {
      tiled.push(empty(at, token.start, 'gap'));
    }
    tiled.push(token);
    at = token.end;
  }
  if (at < end) {
    tiled.push(empty(at, end, 'gap'));
  }
  return tiled;
}

function empty(start: number, end: number, missing: 'gap' | 'unsupported'): Token {
  return { start, end, logprob: null, missing, alternatives: [], tail: null };
}
