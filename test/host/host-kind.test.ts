import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Put in by esbuild (see scripts/build-tests.ts). */
declare const __VARIORUM_HOST_KIND__: 'node' | 'web';
declare const __VARIORUM_VSCODE__: string;

describe('the VS Code that runs these tests', () => {
  it(`runs them in the ${__VARIORUM_HOST_KIND__} extension host`, () => {
    // VS Code falls back to the Node host without a word; then a green run would prove nothing.
    assert.equal(actualKind(), __VARIORUM_HOST_KIND__);
  });

  it('has the expected version', function () {
    if (!__VARIORUM_VSCODE__) this.skip();
    assert.equal(vscode.version, __VARIORUM_VSCODE__);
  });

  it('has the fixture workspace open, and can write to it', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, 'written.txt');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('yes'));
    const document = await vscode.workspace.openTextDocument(file);
    assert.equal(document.getText(), 'yes');
  });
});

function actualKind(): 'node' | 'web' | 'unknown' {
  if ('WorkerGlobalScope' in globalThis) return 'web';
  const node = (globalThis as { process?: { versions?: { node?: string } } }).process;
  return node?.versions?.node ? 'node' : 'unknown';
}
