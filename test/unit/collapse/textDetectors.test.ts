import assert from 'node:assert/strict';
import { findDerailed } from '../../../src/core/collapse/derailed';
import { findEarlyExit } from '../../../src/core/collapse/earlyExit';
import { findEcho } from '../../../src/core/collapse/echo';
import { findEssayForm } from '../../../src/core/collapse/essayForm';
import { findMoralising } from '../../../src/core/collapse/moralising';
import { check, codes, fiction, marked, NOVEL, reading } from './textHelpers';

const PLAIN = NOVEL.slice(0, 900);

describe('stock endings', () => {
  const uplift =
    'She closed the door and walked down to the river. And perhaps, in the end, that was enough: a new ' +
    'beginning, a promise of hope, a heart at peace with the world and its endless possibilities.';

  it('flags an uplifting last sentence and scores it high', () => {
    const { flags, scores } = check({ text: uplift });
    const ending = flags.find(({ code }) => code === 'stock-ending');
    assert.ok(ending !== undefined && scores.ending > 0.98);
    assert.ok(uplift.slice(ending.start, ending.end).startsWith('And perhaps'));
  });

  it('does not flag the same words in the middle of a text, nor a sentence cut short', () => {
    assert.ok(!codes({ text: `${uplift} ${PLAIN}.` }).includes('stock-ending'));
    assert.ok(!codes({ text: uplift.slice(0, -1) }).includes('stock-ending'));
  });

  it('flags a hedge as such', () => {
    const text =
      'Some choose the sea and some choose the land. Ultimately, it is up to you to decide.';
    const flag = check({ text }).flags.find(({ code }) => code === 'stock-ending');
    assert.deepEqual(flag?.evidence, {
      sentence: 'Ultimately, it is up to you to decide.',
      kind: 'hedge',
    });
  });

  it('scores a human ending low', () => {
    const text = `${PLAIN} He shut the gate behind him, and the dog barked at the cart until it was out of sight.`;
    assert.ok(check({ text }).scores.ending < 0.5);
  });
});

describe('moralising', () => {
  const lessons = (text: string) => marked(text, findMoralising(reading(text)));

  it('finds the sentence that draws the lesson, anywhere', () => {
    const lesson = 'It was a powerful reminder that we are never alone.';
    assert.deepEqual(lessons(`He came in from the rain. ${lesson} Then he ate his soup.`), [
      lesson,
    ]);
  });

  it('needs a generality where the phrase alone is plain talk', () => {
    assert.deepEqual(lessons('She learned that the train had left at noon.'), []);
    const general = 'She learned that love and hope always light the world.';
    assert.deepEqual(lessons(general), [general]);
  });

  it('is silent in other languages', () => {
    const german =
      'Der Mann ging durch die Stadt und sah die Lichter in den Fenstern der alten Häuser. ';
    assert.deepEqual(lessons(`${german}a powerful reminder ${german}`), []);
  });
});

describe('early exit', () => {
  const before = 'He opened the letter.';

  it('finds an end, a break or a new story soon after the passage', () => {
    for (const marker of [
      '* * *',
      '---',
      'The End',
      '**THE END**',
      '## Chapter 2',
      'Chapter Three',
      'Once upon a time there was a king.',
    ]) {
      const text = `She smiled at him.\n\n${marker}\n\nMore text.`;
      const flags = findEarlyExit(reading(text, { before }));
      assert.deepEqual(marked(text, flags), [marker]);
      assert.deepEqual(flags[0]?.evidence, { marker, words: 4 });
    }
  });

  it('passes a break after a scene, a text that continues nothing, and plain dialogue', () => {
    const long = 'The rain went on and on. '.repeat(21);
    assert.deepEqual(findEarlyExit(reading(`${long}\n\n* * *\n\nMore.`, { before })), []);
    assert.deepEqual(findEarlyExit(reading('She smiled.\n\n* * *\n')), []);
    for (const plain of [
      '“The end of it,” he said.\n\n— Yes.',
      'He stood there.\n\nPart of him wanted to run.',
      'Book in hand, she waited.\n\nAct or be sorry.',
    ]) {
      assert.deepEqual(findEarlyExit(reading(plain, { before })), []);
    }
  });
});

describe('essay form', () => {
  const essay =
    'Firstly, love matters to us.\n\nMoreover, it hurts at times.\n\nFor example, take Romeo.\n\nIn conclusion, love is both.';

  it('flags an essay where a story was asked for, and only there', () => {
    const flags = (instruction?: string) =>
      findEssayForm(reading(essay, instruction === undefined ? {} : { instruction }));
    assert.deepEqual(flags('Write a story about love.')[0]?.evidence, { paragraphs: 4 });
    assert.deepEqual(flags('Write an essay about love.'), []);
    assert.deepEqual(flags('Suggest a name for the dog in my story.'), []);
    assert.deepEqual(flags(), []);
    assert.equal(findEssayForm(reading(essay, { before: 'He said:' })).length, 1);
  });

  it('passes a story with one such word', () => {
    const text = 'He ran.\n\nFinally he stopped.\n\nThe dog looked at him.\n\n“Well?” it said.';
    assert.deepEqual(findEssayForm(reading(text, { instruction: 'Write a story.' })), []);
  });
});

describe('echo', () => {
  const before =
    'The old man went down to the harbour every morning to look at the boats that never came back.';

  it('finds words taken over from the passage, a changed one in between included', () => {
    const text = `Rain. The old man went down to the harbour every single morning to look at the boats that never came back.`;
    const flags = findEcho(reading(text, { before }));
    assert.equal(flags.length, 1);
    assert.ok((flags[0]?.evidence.share ?? 0) > 0.9 && flags[0]?.evidence.skeleton === false);
  });

  it('finds sentences built on its skeleton', () => {
    const twice = `${before} The young girl came up from the cellar each evening to count the coins that nobody had spent.`;
    const text =
      'The tall priest looked down to the valley every winter to pray at the stones that never moved back. ' +
      'The small boy rode up from the village each summer to sell the eggs that nobody had eaten.';
    const flags = findEcho(reading(text, { before: twice }));
    assert.ok(flags.length === 2 && flags.every(({ evidence }) => evidence.skeleton));
  });

  it('passes a shared turn of phrase, and a text of its own', () => {
    const text =
      'Every morning to look at the sky was what she wanted, and she told him so again and again.';
    assert.deepEqual(findEcho(reading(text, { before })), []);
    assert.deepEqual(findEcho(reading(fiction, { before: NOVEL })), []);
  });
});

describe('derailed', () => {
  const reasons = (text: string) =>
    findDerailed(reading(text)).map(({ evidence }) => evidence.reason);

  it('finds loops of words, of sentences and inside a word', () => {
    assert.deepEqual(
      reasons('He said that the the the the the the the the the the the the the the the the the.'),
      ['loop'],
    );
    assert.deepEqual(reasons(`${PLAIN} ${'And then she went home again. '.repeat(5)}`), ['loop']);
    assert.deepEqual(reasons(`He laughed: ${'ha'.repeat(60)}`), ['loop']);
  });

  it('finds broken script', () => {
    assert.deepEqual(reasons(`${PLAIN.slice(0, 150)} the w\uFFFDrd and \uFFFDthe r\uFFFDst`), [
      'script',
    ]);
    assert.deepEqual(reasons('It was dаrk and the mооn was hidden behind the clouds'), ['script']);
  });

  it('finds half words and salad', () => {
    assert.deepEqual(
      reasons(
        'th e c at s at on th e m at a nd l o o k ed at t h e d o g b y th e d o o r of t h e h o u s e',
      ),
      ['fragments'],
    );
    const salad =
      'grobnVex _init{} strtolwr xkcdq fn0rd9 ptrArrayList </div> mvnw qwrt zzzt {return} hlsl brgh3x dFdX glTF npm2x <td> kqpz vrtx sdfgh wrld7x';
    assert.deepEqual(reasons(salad), ['salad']);
    const unglued =
      'copper lantern brisk umbrella gravitational soup marble trumpet velocity saffron orbit kettle hammer ' +
      'violet oxygen paper thunder glacier button mirror candle rocket pepper ladder silver magnet turnip ' +
      'helmet basket window tunnel carpet pillow engine feather bottle garden needle planet rabbit spoon ticket ';
    assert.deepEqual(reasons(`${PLAIN} ${unglued}`), ['salad']);
    const branch = findDerailed(reading(unglued, { before: PLAIN }));
    assert.deepEqual(
      branch.map(({ evidence }) => evidence.reason),
      ['salad'],
    );
    assert.deepEqual(reasons(unglued), []);
  });

  it('passes human fiction, dialect, lists, a refrain, initials and experimental prose', () => {
    const fine = [
      fiction,
      NOVEL,
      "Ah dinnae ken whit ye're oan aboot, pal, but yon wee lassie's awa tae the shops wi' her maw an' she'll no be back afore tea.",
      'Bread, milk, eggs, cheese, onions, salt, pepper, flour, butter, sugar, tea, coffee, jam, honey, oats, rice, beans, lentils, soap, matches, candles, string, nails, paint, brushes, oil, vinegar, mustard, cloves, thyme, sage, bay, mint, dill, leeks, carrots, turnips, plums.',
      'Row, row, row your boat, gently down the stream. Merrily, merrily, merrily, merrily, life is but a dream. Row, row, row your boat.',
      'J. R. R. Tolkien and C. S. Lewis met H. G. Wells and G. K. Chesterton at the B. B. C. in London.',
      'yes and his heart was going like mad and yes I said yes I will Yes and the sea the sea crimson sometimes like fire and the glorious sunsets and the figtrees in the Alameda gardens yes',
    ];
    for (const text of fine) {
      assert.deepEqual(reasons(text), [], text.slice(0, 40));
    }
  });

  it('passes other languages and scripts', () => {
    for (const text of [
      '昔々あるところにおじいさんとおばあさんが住んでいました。おじいさんは山へ柴刈りに、おばあさんは川へ洗濯に行きました。',
      'В начале было Слово, и Слово было у Бога, и Слово было Бог. Оно было в начале у Бога.',
      'בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו ובהו וחשך על פני תהום',
      'Strč prst skrz krk, řekl. Příliš žluťoučký kůň úpěl ďábelské ódy.',
    ]) {
      assert.deepEqual(reasons(text), [], text);
    }
  });
});

describe('text in another language', () => {
  it('gets no word-based flags, zero scores, and says so', () => {
    const text = `${'Der Mann ging langsam durch die dunkle Stadt und dachte an Elara. '.repeat(3)}Elara, testament, tapestry.`;
    const { flags, scores, language } = check({ text });
    assert.deepEqual(
      { flags, scores, language },
      { flags: [], scores: { canned: 0, ending: 0 }, language: 'other' },
    );
  });

  it('is told from short English and from English verse', () => {
    assert.equal(check({ text: 'Elara smiled at him.' }).language, 'english');
    assert.equal(check({ text: 'Elara' }).language, 'unclear');
    assert.equal(check({ text: 'Привет' }).language, 'other');
    assert.equal(
      check({
        text: 'The woods are lovely, dark and deep,\nBut I have promises to keep,\nAnd miles to go before I sleep',
      }).language,
      'english',
    );
  });
});
