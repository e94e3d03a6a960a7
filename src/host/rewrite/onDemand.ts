/** What rewrites passages, and what the writer has to say about how: a bundle of its own. */
export { Rewrites } from './rewrites';
