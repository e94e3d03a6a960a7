import assert from 'node:assert/strict';
import { resampleAt, SAMPLED, type Resampling } from '../../../src/core/diversity/resample';
import { scriptedModel, writesPlain, type Script } from '../../fixtures/scriptedModel';
import { ManualClock } from '../../fixtures/manualClock';
import { never, options } from '../sketch/helpers';

const WAYS = [
  ' Gulls cried.',
  ' She bought a violin.',
  ' Trains ran late.',
  ' He died.',
  ' Ok then.',
];
const TEXT = 'One lamp burned. Then the flood came.';
const BORDER = 'One lamp burned.'.length;

function resampling(branches: readonly Script[], clock?: ManualClock) {
  const model = scriptedModel({ branches, ...(clock ? { clock } : {}) });
  const passage = { before: 'It rained. ', after: '' };
  const asked = options({ n: 2, seed: 7, maxTokens: 500 });
  return { model, passage, options: asked, text: TEXT } satisfies Resampling;
}

describe('resampling at a border', () => {
  it('asks for short branches from the text up to there, and counts the ideas', async () => {
    const asked = resampling(WAYS.map((way) => writesPlain([way])));
    const different = await resampleAt(asked, BORDER, never());
    const [request] = asked.model.requests;
    assert.equal(request?.passage.before, 'It rained. One lamp burned.');
    const { n, maxTokens, reach, seed } = request.options;
    assert.deepEqual(
      { n, maxTokens, reach, seed },
      {
        ...{ n: SAMPLED.branches, maxTokens: SAMPLED.tokens, reach: 'sentence', seed: 7 + BORDER },
      },
    );
    assert.deepEqual(
      different.branches.map(({ text }) => text),
      WAYS,
    );
    assert.ok((different.futures ?? 0) > 3);
    const same = await resampleAt(resampling([writesPlain([' The flood came.'])]), 0, never());
    assert.equal(same.futures, 1);
  });

  it('says nothing of a border that was cut short, though some branches had come', async () => {
    const clock = new ManualClock();
    const slow: Script = [
      { do: 'delta', text: ' The' },
      { after: 1000, do: 'end', finish: 'stop' },
    ];
    const stop = new AbortController();
    const samples = resampleAt(
      resampling([writesPlain([' Gulls cried.']), slow], clock),
      0,
      stop.signal,
    );
    await clock.advance(0);
    stop.abort();
    const { futures, branches } = await samples;
    assert.equal(futures, null);
    const [came, cut] = [
      [' Gulls cried.', 'done'],
      [' The', 'stopped'],
    ];
    assert.deepEqual(
      branches.map(({ text, status }) => [text, status]),
      [came, cut, came, cut, came],
    );
  });

  it('fails when all branches do, and counts those that came when some do', async () => {
    const error = { code: 'unreachable', message: 'Gone.', action: '', retryable: true } as const;
    const fails: Script = [{ do: 'error', error }];
    await assert.rejects(resampleAt(resampling([fails]), 0, never()), /Gone/);
    const [first = '', second = ''] = WAYS;
    const some = [writesPlain([first]), fails, writesPlain([second]), fails, fails];
    const samples = await resampleAt(resampling(some), 0, never());
    assert.deepEqual(
      samples.branches.map(({ text }) => text),
      [first, second],
    );
    assert.equal(samples.futures, 2);
  });
});
