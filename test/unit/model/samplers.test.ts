import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SAMPLER_NAMES } from '../../../src/core/model/languageModel';
import { DIALECTS } from '../../../src/core/model/openai/dialects';
import { checkOptions, DEFAULT_OPTIONS, OPTION_RANGES } from '../../../src/core/model/options';
import { samplersAsked } from '../../../src/core/model/samplers';

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  type?: string;
}

function settings(): Record<string, Schema> {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { configuration: Schema | Schema[] };
  };
  const sections = [manifest.contributes.configuration].flat();
  return Object.assign({}, ...sections.map(({ properties }) => properties)) as Record<
    string,
    Schema
  >;
}

describe('samplers', () => {
  it('what is absent is not asked for, and what does nothing alone is not either', () => {
    assert.deepEqual(samplersAsked(DEFAULT_OPTIONS), {});
    const lonely = { ...DEFAULT_OPTIONS, xtcThreshold: 0.1, dryBase: 1.75, dryAllowedLength: 2 };
    assert.deepEqual(samplersAsked(lonely), {});
    assert.deepEqual(samplersAsked({ ...lonely, xtcProbability: 0.5 }), {
      xtcProbability: 0.5,
      xtcThreshold: 0.1,
    });
  });

  it('one that is set to nothing is asked for: a server may do it by itself', () => {
    assert.deepEqual(samplersAsked({ ...DEFAULT_OPTIONS, topK: 0, repetitionPenalty: 1 }), {
      topK: 0,
      repetitionPenalty: 1,
    });
  });

  it('one that is out of range, or no number, is refused by its name', () => {
    for (const name of SAMPLER_NAMES) {
      const { max } = OPTION_RANGES[name];
      for (const value of [max + 1, NaN, 'much']) {
        const options = { ...DEFAULT_OPTIONS, [name]: value };
        assert.throws(() => checkOptions(options), { message: new RegExp(`^${name} is `) });
      }
    }
  });

  it('the settings offer all of them, in the same ranges', () => {
    const { properties = {} } = settings()['variorum.samplers'] ?? {};
    assert.deepEqual(
      Object.keys(properties).sort(),
      SAMPLER_NAMES.filter((name) => name !== 'minP').sort(),
    );
    for (const [name, { minimum, maximum, type }] of Object.entries(properties)) {
      const range = OPTION_RANGES[name as keyof typeof OPTION_RANGES];
      assert.deepEqual([minimum, maximum, type === 'integer'], Object.values(range), name);
    }
  });

  it('the settings offer every dialect', () => {
    const { items } = settings()['variorum.endpoints'] ?? {};
    assert.deepEqual(items?.properties?.['dialect']?.enum, [
      'auto',
      ...DIALECTS.map(({ id }) => id),
    ]);
  });
});
