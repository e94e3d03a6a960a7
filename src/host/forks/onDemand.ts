/** What branches off at a token, and goes from one such place to the next: a bundle of its own. */
export { Forks } from './forks';
