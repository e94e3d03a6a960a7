/** How much each layer counts over those below it, 0 to 1: the writer's other prose, then the draft. */
export interface MixingWeights {
  workspace: number;
  draft: number;
}

/** What each model gave a token before it was counted. */
export interface Answer {
  /** P(token) by the draft, and by what it keeps for tokens that it does not know. */
  draft: number;
  draftUnseen: number;
  /** The same by the writer's other prose; 0 and 1 without any. */
  workspace: number;
  workspaceUnseen: number;
  base: number;
}

/** As many latest answers are kept. */
const KEPT = 256;
const FIELDS = 5;
/** Weights are kept within these, so that no model is ever silenced. */
const LEAST = 0.05;
const MOST = 0.9;
/** What a layer weighs before there are answers, and how many of them that opinion is worth. */
const PRIOR = 0.3;
const PRIOR_ANSWERS = 10;
const ROUNDS = 12;

/** The latest answers of the models, and the weights under which the mixture would have done best. */
export class Answers {
  private readonly values = new Float64Array(FIELDS * KEPT);
  private count = 0;

  add({ draft, draftUnseen, workspace, workspaceUnseen, base }: Answer): void {
    const slot = FIELDS * (this.count % KEPT);
    this.values.set([draft, draftUnseen, workspace, workspaceUnseen, base], slot);
    this.count += 1;
  }

  /**
   * The weights w and d of P = d D + (1 − d + d D(unseen)) Q, Q = w W + (1 − w + w W(unseen)) B, that make
   * the answers likeliest: both at once by expectation maximisation (Jelinek & Mercer 1980), held back
   * by a prior while answers are few.
   */
  fit(): MixingWeights {
    let workspace = PRIOR;
    let draft = PRIOR;
    for (let round = 0; round < ROUNDS; round++) {
      const { drafts, workspaces, below, answers } = this.expect(workspace, draft);
      draft = (drafts + PRIOR * PRIOR_ANSWERS) / (answers + PRIOR_ANSWERS);
      workspace = (workspaces + PRIOR * PRIOR_ANSWERS) / (below + PRIOR_ANSWERS);
    }
    return { workspace: within(workspace), draft: within(draft) };
  }

  /** How many answers came from each layer under these weights, and how many from below the draft. */
  private expect(w: number, d: number) {
    let drafts = 0;
    let workspaces = 0;
    let below = 0;
    const answers = Math.min(this.count, KEPT);
    for (let i = 0; i < answers; i++) {
      const at = FIELDS * i;
      const [own = 0, unseen = 0, other = 0, otherUnseen = 0, base = 0] = this.values.subarray(
        at,
        at + FIELDS,
      );
      const wide = other + otherUnseen * base;
      const under = w * wide + (1 - w) * base;
      const near = own + unseen * under;
      const all = d * near + (1 - d) * under;
      if (all > 0) {
        const passed = (1 - d) * under;
        drafts += (d * near) / all;
        below += passed / all;
        workspaces += ((passed / all) * (w * wide)) / under;
      } else {
        drafts += d;
        below += 1 - d;
        workspaces += (1 - d) * w;
      }
    }
    return { drafts, workspaces, below, answers };
  }
}

function within(weight: number): number {
  return Math.min(MOST, Math.max(LEAST, weight));
}
