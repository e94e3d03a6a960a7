import assert from 'node:assert/strict';
import { ModelSentences } from '../../../src/core/provenance/modelSentences';

const BRANCH =
  'The harbour lay “quiet” under the early snow. Nobody had swept the steps since Friday. He waited.';

describe('Sentences that a model wrote', () => {
  const sentences = new ModelSentences();
  sentences.add(BRANCH);

  it('are known again, whatever the typography', () => {
    assert.ok(sentences.wrote(BRANCH));
    assert.ok(sentences.wrote('The harbour lay "quiet" under the early snow.\nHe waited.'));
    assert.ok(sentences.wrote('Mine. Nobody had swept the steps since Friday.'));
  });

  it('do not make a text the model’s that is mostly another’s', () => {
    const mine =
      'I came down to the water with my brother and the dog, and we looked at the boats for long.';
    assert.ok(!sentences.wrote(`${mine} Nobody had swept the steps since Friday.`));
    assert.ok(!sentences.wrote('He waited.'));
    assert.ok(!sentences.wrote('The harbour lay quiet under the late snow of that year.'));
    assert.ok(!new ModelSentences().wrote(BRANCH));
    assert.ok(!sentences.wrote(''));
  });
});
