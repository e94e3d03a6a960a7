import * as vscode from 'vscode';
import { readAddress } from '../../core/model/discovery/address';
import { Disposables } from '../disposables';

const PREFIX = 'key ';

/** The keys of servers: one for each origin, in VS Code's secret storage and nowhere else. */
export class KeyRing implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<string>());

  /** The origin whose key is new or gone; in another window, too. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(private readonly secrets: vscode.SecretStorage) {
    this.#disposables.add(
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(PREFIX)) {
          this.#onDidChange.fire(key.slice(PREFIX.length));
        }
      }),
    );
  }

  /** The key for the server at an address: that of its origin, never another's. */
  async keyFor(baseUrl: string): Promise<string | undefined> {
    const address = readAddress(baseUrl);
    return 'problem' in address ? undefined : this.secrets.get(PREFIX + address.origin);
  }

  async store(origin: string, key: string): Promise<void> {
    await this.secrets.store(PREFIX + origin, key);
  }

  async remove(origin: string): Promise<void> {
    await this.secrets.delete(PREFIX + origin);
  }

  /** Every origin that there is a key for. */
  async origins(): Promise<string[]> {
    const names = await this.secrets.keys();
    return names
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length))
      .sort();
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
