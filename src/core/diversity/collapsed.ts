/** Fewer siblings agree by chance. */
const FEWEST = 3;
/**
 * The share of its size that a batch's effective number should reach. Fixed beforehand: eight people answering
 * one prompt give 6.6 ideas on average and one tuned model asked eight times 2.6 (NoveltyBench), and half lies
 * between. By this rule 4 % of sets of five people have collapsed, 64 % of five samples of GPT-4o, and 4 % of five
 * that were asked for one after the other, each unlike those before.
 */
const EXPECTED = 1 / 2;

/** Whether siblings have collapsed: three or more, whose effective number is below half their number. */
export function isCollapsed(effectiveNumber: number, siblings: number): boolean {
  return siblings >= FEWEST && effectiveNumber < EXPECTED * siblings;
}
