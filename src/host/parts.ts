import * as vscode from 'vscode';
import { VariorumError } from '../core/model/error';
import type * as formats from '../parts/formats';
import type * as openai from '../parts/openai';
import type * as sketch from '../parts/sketch';
import type * as collapse from './collapse/onDemand';
import type * as confidence from './confidence/onDemand';
import type * as exchange from './exchange/onDemand';
import type * as exemplars from './exemplars/onDemand';
import type * as forks from './forks/onDemand';
import type * as models from './models/onDemand';
import type * as multiverse from './multiverse/onDemand';
import type * as session from './sessionPart';
import type * as prompt from './prompt/onDemand';
import type * as tree from './tree/onDemand';

/** What is loaded when it is first needed: each a bundle of its own in `dist/parts`, made from `src/parts`. */
interface PartModules {
  formats: typeof formats;
  sketch: typeof sketch;
  openai: typeof openai;
}
export type PartName = keyof PartModules;

/** Parts of the host itself, which use VS Code; made from `src/host`. */
interface HostPartModules {
  confidence: typeof confidence;
  exchange: typeof exchange;
  exemplars: typeof exemplars;
  forks: typeof forks;
  collapse: typeof collapse;
  models: typeof models;
  multiverse: typeof multiverse;
  prompt: typeof prompt;
  session: typeof session;
  tree: typeof tree;
}
type HostPartName = keyof HostPartModules;

/** What the bundle of a host part gives: it is handed what it would otherwise require. */
interface HostPart<M> {
  default: (require: () => typeof vscode) => M;
}

/** Loads parts, each once. */
export class Parts {
  readonly #loading = new Map<PartName | HostPartName, Promise<unknown>>();

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** @throws VariorumError `asset-missing` when it is not there or does not run */
  load<P extends PartName>(name: P): Promise<PartModules[P]> {
    return this.#once(name, () => importPart<PartModules[P]>(this.extensionUri, name));
  }

  /** @throws VariorumError `asset-missing` when it is not there or does not run */
  loadHost<P extends HostPartName>(name: P): Promise<HostPartModules[P]> {
    return this.#once(name, async () => {
      const part = await importPart<HostPart<HostPartModules[P]>>(this.extensionUri, name);
      return part.default(() => vscode);
    });
  }

  #once<M>(name: PartName | HostPartName, load: () => Promise<M>): Promise<M> {
    let loading = this.#loading.get(name) as Promise<M> | undefined;
    if (!loading) {
      loading = load();
      this.#loading.set(name, loading);
      // A part that could not be read (the network of a web host) may be there the next time.
      loading.catch(() => this.#loading.delete(name));
    }
    return loading;
  }
}

async function importPart<M>(extensionUri: vscode.Uri, name: PartName | HostPartName): Promise<M> {
  const uri = vscode.Uri.joinPath(extensionUri, 'dist', 'parts', `${name}.mjs`);
  try {
    const isWorker = 'WorkerGlobalScope' in globalThis;
    return isWorker ? await importInWorker<M>(uri) : ((await import(uri.toString(true))) as M);
  } catch (cause) {
    throw new VariorumError(
      {
        code: 'asset-missing',
        message: vscode.l10n.t('A part of Variorum ({0}) could not be loaded.', name),
        action: vscode.l10n.t('Reload the window; if it happens again, install Variorum anew.'),
        retryable: true,
      },
      { cause },
    );
  }
}

/** A worker cannot import by the address of an extension's file, only what it has read itself. */
async function importInWorker<M>(uri: vscode.Uri): Promise<M> {
  const code = await vscode.workspace.fs.readFile(uri);
  const url = URL.createObjectURL(new Blob([code.slice()], { type: 'text/javascript' }));
  try {
    return (await import(url)) as M;
  } finally {
    URL.revokeObjectURL(url);
  }
}
