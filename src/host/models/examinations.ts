import * as vscode from 'vscode';
import type { StoredRecord } from '../../core/model/capability/storedRecord';
import type { Examination } from '../../core/model/examine/examine';
import { Disposables } from '../disposables';

const PREFIX = 'examined ';
/** How long what is observed may wait until it is kept, in milliseconds. */
const KEEP_AFTER_MS = 1000;

/** What was found out about a model, as it is kept on this machine. */
export interface Examined {
  examination: Examination;
  /** What is known by now: the examination's record, and what was observed after it. */
  record: StoredRecord;
  /** Since when its server is known to be another one, in milliseconds since the epoch. */
  stale?: number;
}

/** Examinations of models, by their references, in VS Code's storage on this machine. */
export class Examinations implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidExamine = this.#disposables.add(new vscode.EventEmitter<string>());
  readonly #waiting = new Map<string, { record: StoredRecord; timer: Timer }>();

  /** A model was examined, or what was found is no longer relied on. */
  readonly onDidExamine = this.#onDidExamine.event;

  constructor(private readonly state: vscode.Memento) {}

  get(id: string): Examined | undefined {
    const kept: unknown = this.state.get(PREFIX + id);
    if (!isExamined(kept)) {
      return undefined;
    }
    return { ...kept, record: this.#waiting.get(id)?.record ?? kept.record };
  }

  async keep(id: string, examination: Examination): Promise<void> {
    this.#forgetWaiting(id);
    await this.#write(id, { examination, record: examination.record });
    this.#onDidExamine.fire(id);
  }

  /** Keeps what answers have shown since, where there is an examination that they add to. */
  observed(id: string, record: StoredRecord): void {
    const kept = this.get(id);
    if (kept === undefined) {
      return;
    }
    this.#forgetWaiting(id);
    const timer = setTimeout(() => void this.#writeWaiting(id), KEEP_AFTER_MS);
    this.#waiting.set(id, { record, timer });
  }

  /** Compares what a server lists with what it listed when its models were examined. */
  async listed(baseUrl: string, ids: readonly string[]): Promise<void> {
    const now = JSON.stringify([...new Set(ids)].sort());
    const keys = this.state.keys().filter((key) => key.startsWith(`${PREFIX}${baseUrl}#`));
    for (const id of keys.map((key) => key.slice(PREFIX.length))) {
      const kept = this.get(id);
      const before = kept?.examination.hints.models;
      if (kept && before && kept.stale === undefined && JSON.stringify(before) !== now) {
        this.#forgetWaiting(id);
        await this.#write(id, { ...kept, stale: Date.now() });
        this.#onDidExamine.fire(id);
      }
    }
  }

  async forget(id: string): Promise<void> {
    this.#forgetWaiting(id);
    await this.state.update(PREFIX + id, undefined);
    this.#onDidExamine.fire(id);
  }

  dispose(): void {
    for (const id of [...this.#waiting.keys()]) {
      void this.#writeWaiting(id);
    }
    this.#disposables.dispose();
  }

  async #writeWaiting(id: string): Promise<void> {
    const kept = this.get(id);
    this.#forgetWaiting(id);
    if (kept) {
      await this.#write(id, kept);
    }
  }

  #forgetWaiting(id: string): void {
    clearTimeout(this.#waiting.get(id)?.timer);
    this.#waiting.delete(id);
  }

  async #write(id: string, examined: Examined): Promise<void> {
    await this.state.update(PREFIX + id, examined);
  }
}

type Timer = ReturnType<typeof setTimeout>;

/** Whether it was written by this version: others are left alone, and examined anew. */
function isExamined(value: unknown): value is Examined {
  const hasRecord = isObject(value) && isObject(value['record']) && value['record']['v'] === 1;
  return hasRecord && isObject(value['examination']) && isObject(value['examination']['hints']);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
