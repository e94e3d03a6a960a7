import type { Usage } from '../languageModel';
import type { JsonRecord } from './json';

/** What one event says of one choice. */
export interface ChoicePart {
  index: number;
  text: string;
  /** It also, or only, holds thoughts. */
  thinks: boolean;
  refusal: string;
  /** Entries of the chat shape. */
  entries: readonly JsonRecord[];
  finish: string | undefined;
}

/** One event of a stream, or a whole completion, whatever API it came from. */
export interface Event {
  choices: readonly ChoicePart[];
  usage?: Usage;
}
