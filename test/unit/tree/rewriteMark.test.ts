import assert from 'node:assert/strict';
import {
  readRewriteMark,
  writeRewriteMark,
  type RewriteMark,
} from '../../../src/core/tree/rewriteMark';
import type { Fault } from '../../../src/core/rewrite/rewriting';

/** One of each kind: a new one without a reader does not compile here. */
const FAULTS: { [K in Fault['kind']]: Fault & { kind: K } } = {
  near: { kind: 'near', branch: 1, similarity: 0.7 },
  taken: { kind: 'taken', similarity: 0.7 },
  unchanged: { kind: 'unchanged', similarity: 0.98 },
  derailed: { kind: 'derailed' },
  language: { kind: 'language' },
  meta: { kind: 'meta', phrase: 'Here is' },
  truncated: { kind: 'truncated' },
  refused: { kind: 'refused', text: 'I cannot.' },
  empty: { kind: 'empty' },
  structure: { kind: 'structure', lost: '[a](b)' },
  avoided: { kind: 'avoided', phrase: 'whisper' },
};

const mark: RewriteMark = {
  strategy: 'in-context',
  line: 'One after the other.',
  attempts: Object.values(FAULTS).map((fault) => ({ text: 'It rained.', fault })),
  fault: FAULTS.near,
  labels: [
    { kind: 'lost', what: 'name', text: 'Mara' },
    { kind: 'worse-flags', code: 'canned-phrase', before: 0, after: 2 },
  ],
};

describe('what the tree keeps of a rewrite', () => {
  it('comes back as it was, whatever was wrong', () => {
    assert.deepEqual(readRewriteMark(writeRewriteMark(mark)), mark);
    const { fault: _, ...sound } = mark;
    assert.deepEqual(readRewriteMark(writeRewriteMark(sound)), sound);
  });

  it('is nothing where there is no mark, or a damaged one', () => {
    const broken = [
      undefined,
      '',
      '{',
      'null',
      '[]',
      '{"strategy":1,"line":"","attempts":[],"labels":[]}',
      '{"strategy":"a","line":"","attempts":[{"text":"b","fault":{"kind":"new"}}],"labels":[]}',
      '{"strategy":"a","line":"","attempts":[],"labels":[{"kind":"lost","what":"shoe","text":""}]}',
    ];
    assert.deepEqual(broken.map(readRewriteMark), new Array(broken.length).fill(undefined));
  });
});
