import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExemplarIndex } from '../../../src/core/exemplars/exemplarIndex';
import { humanSpans } from '../../../src/core/provenance/humanPassages';
import { finish } from '../../../src/core/steps';
import { countVoice } from '../../../src/core/voice/voiceCounts';

/** A paragraph long enough to be an exemplar of its own, with a mark that makes it one of a kind. */
const paragraph = (mark: string) =>
  Array.from(
    { length: 13 },
    (_, i) => `The ${mark} stood by the door and counted ${i} of us.`,
  ).join(' ');

function put(index: ExemplarIndex, path: string, marks: readonly string[]): void {
  const text = marks.map(paragraph).join('\n\n');
  finish(index.update(path, text, humanSpans(text, [])));
}

/** All that can be told of an index. */
function stateOf(index: ExemplarIndex) {
  const passages = [...index.passages()]
    .map(({ id, words, places }) => ({
      ...{ id, words },
      places: places.map(({ path, start, end }) => `${path} ${start} ${end}`).sort(),
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
  const rarities = index.weights.rarities();
  const distances = index.profile
    .distances(countVoice(paragraph('fox')))
    .map((found) => found && Math.round(found.distance * 1e5) + 0);
  const rare = Array.from({ length: 1000 }, (_, i) => rarities.of(i * 101));
  return { passages, words: index.words, profile: index.profile.words, distances, rare };
}

describe('The index of exemplars', () => {
  it('after any edits is what it would be if it were built anew', () => {
    const path = fc.constantFrom('a.md', 'b.md', 'c.md');
    const marks = fc.array(fc.constantFrom('cat', 'dog', 'hen', 'owl', 'elk'), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(path, marks), { maxLength: 12 }), (edits) => {
        const index = new ExemplarIndex();
        edits.forEach(([file, own]) => put(index, file, own));
        const fresh = new ExemplarIndex();
        new Map(edits).forEach((own, file) => put(fresh, file, own));
        assert.deepEqual(stateOf(index), stateOf(fresh));
      }),
      { numRuns: 60 },
    );
  });

  it('knows a passage in two places as one', () => {
    const index = new ExemplarIndex();
    put(index, 'a.md', ['cat', 'dog']);
    const { words } = index;
    put(index, 'copy.md', ['dog', 'cat']);
    assert.equal(index.words, words);
    index.remove('a.md');
    assert.equal(index.words, words);
    assert.deepEqual([...index.paths()], ['copy.md']);
    index.remove('copy.md');
    assert.deepEqual([index.words, [...index.passages()].length], [0, 0]);
  });

  it('is untouched by an update that is given up', () => {
    const index = new ExemplarIndex();
    put(index, 'a.md', ['cat']);
    const before = stateOf(index);
    const text = paragraph('dog');
    const steps = index.update('a.md', text, humanSpans(text, []));
    steps.next();
    steps.next();
    assert.deepEqual(stateOf(index), before);
  });

  it('gives places in the file as it is now', () => {
    const index = new ExemplarIndex();
    put(index, 'a.md', ['dog']);
    put(index, 'a.md', ['cat', 'dog']);
    const [, dog] = index.of('a.md');
    const text = `${paragraph('cat')}\n\n${paragraph('dog')}`;
    assert.equal(text.slice(dog?.start, dog?.end), paragraph('dog'));
    assert.equal(index.get(dog?.id ?? '')?.places[0]?.start, dog?.start);
  });

  it('learns no voice from another language', () => {
    const index = new ExemplarIndex();
    const german =
      'Der Hund lief über die Wiese und bellte den ganzen Tag lang den Mond an. '.repeat(10);
    finish(index.update('a.md', german, humanSpans(german, [])));
    assert.ok(index.words > 100);
    assert.equal(index.profile.words, 0);
  });
});
