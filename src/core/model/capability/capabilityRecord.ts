import type { Capability } from '../languageModel';
import type { Finding, FlagDetails, FlagName, Scope } from './flags';
import type { StoredFinding, StoredRecord } from './storedRecord';

type Key = `${Scope}.${FlagName}`;

export interface RecordOptions {
  /** Milliseconds since the epoch; not needed where nothing is noted. */
  now?: () => number;
  source?: Finding['source'];
  /** What was kept of it. */
  stored?: StoredRecord;
  /** Told after something new was noted. */
  onNoted?: () => void;
}

/**
 * What is known of one model at one origin: examinations write it, and so does every answer to a request.
 * What comes later holds. Parameters are known by their names.
 */
export class CapabilityRecord {
  readonly #findings = new Map<Key, Finding>();
  readonly #parameters = new Map<string, StoredFinding>();
  readonly #now: () => number;
  readonly #source: Finding['source'];
  readonly #onNoted: () => void;
  #tokensField: StoredRecord['tokensField'];
  #countsLogprobs: boolean;

  constructor({ now, source, stored, onNoted }: RecordOptions = {}) {
    this.#now = now ?? (() => 0);
    this.#source = source ?? 'observed';
    this.#onNoted = onNoted ?? (() => undefined);
    for (const [key, finding] of Object.entries(stored?.flags ?? {})) {
      this.#findings.set(key as Key, finding);
    }
    for (const [name, finding] of Object.entries(stored?.parameters ?? {})) {
      this.#parameters.set(name, finding);
    }
    this.#tokensField = stored?.tokensField ?? 'max_tokens';
    this.#countsLogprobs = stored?.countsLogprobs ?? false;
  }

  /** What is known; undefined while nothing is. */
  find<F extends FlagName>(flag: F, scope: Scope = 'server'): Finding<F> | undefined {
    return this.#findings.get(`${scope}.${flag}`) as Finding<F> | undefined;
  }

  /** What is known, in the words of a capability. */
  get(flag: FlagName, scope: Scope = 'server'): Capability {
    return this.known(flag, scope) ?? NOT_TRIED;
  }

  /** The same; undefined while nothing is known. */
  known(flag: FlagName, scope: Scope = 'server'): Capability | undefined {
    const found = this.find(flag, scope);
    return found && asCapability(found);
  }

  /** Writes down what was found. Details known before stay unless they are found anew. */
  note<F extends FlagName>(
    flag: F,
    scope: Scope,
    { value, evidence }: Capability,
    detail: Partial<FlagDetails[F]> = {},
  ): void {
    const before = this.find(flag, scope);
    const fell = value === 'no' && (before?.value === 'yes' || before?.fell === true);
    const isSame = before?.value === value && before.evidence === evidence;
    const time = isSame && this.#source === 'observed' ? before.time : this.#now();
    const source = isSame ? before.source : this.#source;
    this.#findings.set(`${scope}.${flag}`, {
      ...{ value, evidence, time, source },
      ...(fell ? { fell } : {}),
      detail: { ...before?.detail, ...detail },
    });
    if (!isSame || Object.keys(detail).length > 0) {
      this.#onNoted();
    }
  }

  /** What is known of a parameter: `no` where it is refused, or dropped in silence. */
  parameter(name: string): Capability | undefined {
    const found = this.#parameters.get(name);
    return found && asCapability(found);
  }

  noteParameter(name: string, { value, evidence }: Capability): void {
    const source = this.#source;
    this.#parameters.set(name, { value, evidence, time: this.#now(), source, detail: {} });
    this.#onNoted();
  }

  /** The names of all parameters that something is known of. */
  get parameters(): readonly string[] {
    return [...this.#parameters.keys()];
  }

  /** How the server calls the bound on tokens. */
  get tokensField(): StoredRecord['tokensField'] {
    return this.#tokensField;
  }

  set tokensField(name: StoredRecord['tokensField']) {
    this.#tokensField = name;
    this.#onNoted();
  }

  /** Whether the chat API wants a number for `logprobs`, as the other one does. */
  get countsLogprobs(): boolean {
    return this.#countsLogprobs;
  }

  set countsLogprobs(counts: boolean) {
    this.#countsLogprobs = counts;
    this.#onNoted();
  }

  /** As it is kept. */
  toJSON(): StoredRecord {
    return {
      v: 1,
      flags: Object.fromEntries(this.#findings),
      parameters: Object.fromEntries(this.#parameters),
      tokensField: this.#tokensField,
      countsLogprobs: this.#countsLogprobs,
    };
  }
}

const NOT_TRIED: Capability = { value: 'unknown', evidence: 'Not tried yet.' };

function asCapability({ value, evidence, time, fell }: StoredFinding): Capability {
  return { value, evidence, time, ...(fell === true ? { fell } : {}) };
}
