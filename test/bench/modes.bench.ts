import { measure } from '../../src/core/diversity/measures';
import { compareTexts, findModes } from '../../src/core/diversity/modes';
import { STOP_WORDS } from '../../src/core/diversity/words';
import { seededRandom } from '../../src/core/model/sketch/random';
import { type Measure, median } from '../../scripts/bench/measure';

const TEXTS = 1000;
const WORDS = 200;
const VOCABULARY = 20_000;
const RUNS = 3;

/** Words as common as in English prose (Zipf's law in Mandelbrot's form), the commonest being function words. */
function texts(): string[] {
  const random = seededRandom(7, 0);
  const letter = () => 'etaoinshrdlucmfwypvbgk'[Math.floor(22 * random())] ?? '';
  const functional = [...STOP_WORDS];
  const words = Array.from(
    { length: VOCABULARY },
    (_, rank) => functional[rank] ?? Array.from({ length: 3 + (rank % 7) }, letter).join(''),
  );
  const ratio = (VOCABULARY + OFFSET) / OFFSET;
  const word = () => words[Math.floor(OFFSET * ratio ** random() - OFFSET)];
  return Array.from({ length: TEXTS }, () => Array.from({ length: WORDS }, word).join(' '));
}

/** Mandelbrot's shift of the ranks. */
const OFFSET = 2.7;

/** `variorum modes` over one large set: modes and every measure. */
export function modesBench(): Promise<Measure[]> {
  const set = texts();
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const compared = compareTexts(set);
    measure(set, compared, findModes(compared));
    return performance.now() - start;
  });
  const time = median(times);
  return Promise.resolve([
    {
      what: `modes and measures of ${TEXTS.toLocaleString('en')} texts of ${WORDS} words`,
      budget: '≤ 1 s',
      measured: `${(time / 1000).toFixed(2)} s`,
      ok: time <= 1000,
    },
  ]);
}
