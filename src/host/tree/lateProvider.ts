import * as vscode from 'vscode';

/**
 * Stands for a tree view's provider until that is loaded, and passes everything on to it then: a view
 * whose provider is taken away and replaced stays empty in VS Code 1.106.
 */
export class LateProvider<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly #onDidChange = new vscode.EventEmitter<T | T[] | undefined | null>();
  #provider: vscode.TreeDataProvider<T> | undefined;
  #following: vscode.Disposable | undefined;

  readonly onDidChangeTreeData = this.#onDidChange.event;

  /** From here on this provider answers. */
  follow(provider: vscode.TreeDataProvider<T>): void {
    this.#provider = provider;
    this.#following = provider.onDidChangeTreeData?.((changed) =>
      this.#onDidChange.fire(changed ?? undefined),
    );
    this.#onDidChange.fire(undefined);
  }

  getChildren(element?: T): vscode.ProviderResult<T[]> {
    return this.#provider?.getChildren(element) ?? [];
  }

  getTreeItem(element: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#provider?.getTreeItem(element) ?? new vscode.TreeItem('');
  }

  getParent(element: T): vscode.ProviderResult<T> {
    return this.#provider?.getParent?.(element);
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    element: T,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#provider?.resolveTreeItem?.(item, element, token) ?? item;
  }

  dispose(): void {
    this.#following?.dispose();
    this.#onDidChange.dispose();
  }
}
