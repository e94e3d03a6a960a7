import { VariorumError, type ModelError } from '../../core/model/error';
import type {
  Capabilities,
  Capability,
  Chunk,
  LanguageModel,
  Prompt,
} from '../../core/model/languageModel';

/** A chosen model that cannot be used now: it stays chosen, and says why whenever it is asked. */
export class AbsentModel implements LanguageModel {
  readonly note: string;
  readonly capabilities: Capabilities;

  constructor(
    readonly id: string,
    readonly label: string,
    private readonly error: ModelError,
  ) {
    this.note = error.message;
    const unknown: Capability = { value: 'unknown', evidence: error.message };
    this.capabilities = {
      logprobs: { ...unknown, semantics: 'unknown' },
      alternatives: { ...unknown, max: 0 },
      score: unknown,
      raw: unknown,
      prefill: unknown,
      chat: unknown,
      infill: unknown,
      seed: unknown,
      embed: unknown,
    };
  }

  /** Nothing is sent anywhere. */
  prompt(): Prompt {
    return { strategy: 'raw', parts: [], parameters: {} };
  }

  // eslint-disable-next-line require-yield -- it fails before the first chunk
  async *continue(): AsyncIterable<Chunk> {
    await Promise.resolve();
    throw new VariorumError(this.error);
  }
}
