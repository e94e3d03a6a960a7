/** The kinds of mark that Variorum itself puts on nodes; others are kept and left alone. */
export const MARKS = {
  bookmark: 'bookmark',
  note: 'note',
  name: 'name',
  /** Which other nodes show this one's text since it was split, or merged with its parent. */
  recast: 'recast',
  /** Begins a batch that nobody asked a model for: parts of nodes that were split or merged. */
  derived: 'derived',
  /** How a branch was made to begin; see `forkMark.ts`. */
  fork: 'fork',
  /** Begins a batch of short branches that were asked for only to see where a text froze. */
  samples: 'samples',
  /** What they told of a branch; see `freezeMark.ts`. */
  freeze: 'freeze',
  /** Begins a batch of rewrites: the text that they are alternatives for. */
  rewritten: 'rewritten',
  /** What is known of a rewrite besides its text; see `rewriteMark.ts`. */
  rewrite: 'rewrite',
} as const;

/** Begins the marks that hold versions: each has a name of its own, so that none takes another's place. */
export const VERSION_MARK = 'version:';
