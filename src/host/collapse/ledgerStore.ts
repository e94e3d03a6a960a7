import type * as vscode from 'vscode';
import {
  emptyLedger,
  remember,
  type AttractorLedger,
  type Generation,
} from '../../core/collapse/attractorLedger';
import { readLedger, writeLedger } from '../../core/collapse/ledgerFile';
import { inTurns } from '../../core/steps';
import { clock } from '../platform';
import { WorkspaceStore } from '../workspaceStore';

const FILE = 'attractors.jsonl';
const NEVER = new AbortController().signal;

/**
 * What models wrote over the passages of this workspace, in the workspace's storage: it is about the writer's
 * machine and models, not about the draft, and belongs in no repository.
 */
export class LedgerStore {
  readonly #store: WorkspaceStore;
  #ledger: Promise<AttractorLedger> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({ storageUri, globalStorageUri }: vscode.ExtensionContext) {
    this.#store = new WorkspaceStore(storageUri ?? globalStorageUri);
  }

  read(): Promise<AttractorLedger> {
    this.#ledger ??= this.#load();
    return this.#ledger;
  }

  /** Takes in what came over a passage. @throws when it cannot be written down; it is kept for this session */
  async remember(generations: readonly Generation[]): Promise<void> {
    // Taken up at once, so that of two that come together none is lost.
    await this.#replace(this.read().then((before) => remember(before, generations)));
  }

  /** Begins again. */
  async clear(): Promise<void> {
    await this.#replace(Promise.resolve(emptyLedger()));
  }

  #replace(ledger: Promise<AttractorLedger>): Promise<void> {
    this.#ledger = ledger;
    const write = async () => {
      const text = await inTurns(writeLedger(await ledger), clock, NEVER);
      // A crash while writing leaves the old one.
      await this.#store.write(`${FILE}.tmp`, new TextEncoder().encode(text));
      await this.#store.rename(`${FILE}.tmp`, FILE);
    };
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #load(): Promise<AttractorLedger> {
    const bytes = await this.#store.read(FILE).catch(() => undefined);
    return inTurns(readLedger(new TextDecoder().decode(bytes)), clock, NEVER);
  }
}
