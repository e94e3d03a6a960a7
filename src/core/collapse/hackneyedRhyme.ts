import type { Verse } from '../verse/verse';
import { RHYMED } from './forcedRhyme';
import type { Flag } from './flag';

/** Words that verse has rhymed with each other until nobody hears them. */
const STOCK = [
  'love above dove glove',
  'heart part apart start',
  'moon june soon tune',
  'fire desire higher inspire',
  'night light bright sight delight might',
  'day way play stay',
  'eyes skies sighs lies rise',
  'sky high fly by nigh',
  'breeze trees ease seas',
  'tears years fears',
  'pain rain again vain gain',
  'soul whole goal control role',
  'dream stream gleam seem beam',
  'dreams streams gleams seems beams',
  'sleep deep weep keep creep',
  'sea free me be',
  'true you blue new too',
  'grace face place embrace space',
  'hand land stand',
  'air fair care there share',
  'breath death',
  'bloom gloom doom',
  'dance chance romance',
  'song long strong along',
  'time rhyme sublime chime',
  'gold old told bold unfold hold',
  'flight night sight light',
  'ground sound found around',
  'mind find kind bind',
  'grow know flow glow',
  'hue true anew dew',
  'alone known stone own',
];

const STOCK_PAIRS = new Set(
  STOCK.flatMap((set) => {
    const words = set.split(' ');
    return words.flatMap((a) => words.filter((b) => b !== a).map((b) => `${a} ${b}`));
  }),
);

/** Stock pairs among the rhymes of a text that rhymes: each marks its second word. */
export function findHackneyedRhymes(verse: Verse): Flag<'hackneyed-rhyme'>[] {
  if (verse.score < RHYMED) {
    return [];
  }
  return verse.pairs.flatMap(([i, j], k) => {
    const first = verse.lines[i]?.last;
    const second = verse.lines[j]?.last;
    const words = [verse.words[i]?.word ?? '', verse.words[j]?.word ?? ''] as const;
    if (first === undefined || second === undefined || !STOCK_PAIRS.has(words.join(' '))) {
      return [];
    }
    const score = (verse.sure[k] ?? 0) * verse.score;
    const flag = { code: 'hackneyed-rhyme', severity: 'note', score, evidence: { words } } as const;
    return [{ ...second, ...flag, related: [first] }];
  });
}
