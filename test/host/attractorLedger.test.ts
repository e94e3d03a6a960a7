import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LedgerStore } from '../../src/host/collapse/ledgerStore';
import { scriptedModel, writesPlain } from '../fixtures/scriptedModel';
import { openDraft, sessionOf, until, variorum, workspace } from './support';

describe('findings of collapse, the ledger of attractors', () => {
  it('is there again in the next window, until it is cleared', async () => {
    const storageUri = vscode.Uri.joinPath(workspace(), 'storage');
    const context = { storageUri, globalStorageUri: storageUri } as vscode.ExtensionContext;
    const first = new LedgerStore(context);
    const generation = { text: 'In the hall stood Quillon.', before: '', time: 1 };
    await Promise.all(['p', 'q'].map((passage) => first.remember([{ ...generation, passage }])));
    const second = await new LedgerStore(context).read();
    assert.equal(second.entries['name quillon']?.passages, 2);
    await first.clear();
    assert.deepEqual((await new LedgerStore(context).read()).entries, {});
  });

  it('grows with every batch, each passage once', async () => {
    const api = await variorum();
    const { service } = await api.collapse.load();
    const passages = async () =>
      (await service.ledger.read()).entries['name quillon']?.passages ?? 0;
    const before = await passages();
    api.models.substitute(
      scriptedModel({ branches: [writesPlain([' In the hall stood Quillon with a lamp.'])] }),
    );
    for (const text of ['One cold day.', 'A letter came.', 'The sea was flat.']) {
      const editor = await openDraft(text);
      await vscode.commands.executeCommand('variorum.continue');
      const session = sessionOf(api, editor);
      await until('it was read', () => session.batch?.review !== undefined);
    }
    api.models.substitute(undefined);
    assert.equal((await passages()) - before, 3);
  });
});
