import type { Strategy } from '../languageModel';
import type { Price } from '../price';

/** A model behind an OpenAI-compatible server. */
export interface Endpoint {
  /** Where the API begins, for example `http://127.0.0.1:8080/v1`. */
  baseUrl: string;
  /** The model's id as the server knows it. */
  model: string;
  /** The name shown to people; the model's id when absent. */
  label?: string;
  /** Which API writes: found out by asking when absent or `auto`. */
  api?: 'auto' | 'chat' | 'completions' | 'responses';
  /** Id of the dialect of the server: found out from its answers when absent or `auto`. */
  dialect?: string;
  /** How prose is handed over: the best that the server supports when absent or `auto`. */
  strategy?: 'auto' | Strategy;
  /** What its tokens cost, where that is known. */
  price?: Price;
  /** Sent to this origin and no other; without one no `Authorization` header goes out. */
  key?: string;
}
