/** What finds collapse: a bundle of its own, read when a batch ends, model text is shown or a check is asked for. */
export { Collapse } from './collapse';
