/** What works on an open draft and its tree; read when the first one is opened. */
export { gatherHumanProse } from './gatherHumanProse';
export { openSession } from './openSession';
