import type { Passage } from '../languageModel';
import type { Learned } from './learned';

/** A passage as it can be sent: without token ids where the server has refused them. */
export function sendable(passage: Passage, learned: Learned): Passage {
  const { emitted } = passage;
  return emitted === undefined || learned.takesIds
    ? passage
    : { ...passage, emitted: emitted.map(({ text }) => ({ text })) };
}
