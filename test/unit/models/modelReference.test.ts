import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatReference,
  parseReference,
  type ModelReference,
} from '../../../src/core/model/discovery/modelReference';

describe('a reference to a model', () => {
  it('comes back as it was written', () => {
    const references: ModelReference[] = [
      { kind: 'sketch' },
      { kind: 'vscode', vendor: 'copilot', id: 'gpt-4o' },
      { kind: 'vscode', vendor: 'openrouter', id: 'org/model:free' },
      { kind: 'endpoint', baseUrl: 'http://127.0.0.1:8080/v1', model: '/models/a b#1.gguf' },
    ];
    for (const reference of references) {
      assert.deepEqual(parseReference(formatReference(reference)), reference);
    }
  });

  it('comes back whatever the model is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (model) => {
        const reference: ModelReference = {
          kind: 'endpoint',
          baseUrl: 'https://api.example.com/v1',
          model,
        };
        assert.deepEqual(parseReference(formatReference(reference)), reference);
      }),
    );
  });

  it('is nothing when it names no model or no server', () => {
    const bad = ['', 'gpt-4o', 'vscode:', 'vscode:copilot/', 'https://a.b/v1#', '#m', 'ftp://a#m'];
    assert.deepEqual(
      bad.filter((text) => parseReference(text) !== undefined),
      [],
    );
  });
});
