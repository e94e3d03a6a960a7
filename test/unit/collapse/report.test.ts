import assert from 'node:assert/strict';
import { emptyLedger, remember } from '../../../src/core/collapse/attractorLedger';
import { readLedger, writeLedger } from '../../../src/core/collapse/ledgerFile';
import { collapseReport, type ReportData } from '../../../src/core/collapse/report';
import { inEnglish } from '../../../src/core/collapse/translate';
import { finish } from '../../../src/core/steps';

const passages = ['a.md#1', 'b.md#2', 'a.md#3'];
const ledger = remember(
  emptyLedger(),
  passages.map((passage, i) => ({
    text: 'In the hall stood Elara *herself*.',
    before: '',
    passage,
    time: i,
  })),
);

const DATA: ReportData = {
  document: {
    name: 'a.md',
    isReadable: true,
    findings: [
      { code: 'moralising', message: '“<img src=x> [a](command:b)”', line: 3 },
      { code: 'canned-phrase', message: 'one', line: 4 },
      { code: 'canned-phrase', message: 'two', line: 9 },
    ],
  },
  batches: [
    {
      document: 'a.md',
      time: 5,
      size: 5,
      effectiveNumber: 1.65,
      ideas: { line: 'about 2 ideas', measures: ['Vendi: 2.0'], groups: [], collapsed: true },
    },
  ],
  ledger,
  placeOf: (passage) => passage.slice(0, passage.indexOf('#')),
  when: (time) => `day ${time}`,
};

describe('The report', () => {
  const report = collapseReport(DATA, inEnglish);

  it('tells findings by code, the most frequent first, with their lines', () => {
    assert.ok(report.indexOf('### Canned phrase: 2') < report.indexOf('### Moralising: 1'));
    assert.ok(report.includes('- Line 9: two'));
  });

  it('tells the effective number of each batch', () => {
    assert.ok(report.includes('5 branches, effective number 1.6: about 2 ideas'));
    assert.ok(report.includes('1 of 1 collapsed'));
  });

  it('tells attractors with when and where', () => {
    assert.ok(report.includes('“Elara”: 3 of 3 passages, last day 2, in a.md, b.md'), report);
  });

  it('lets nothing of a model be Markdown or HTML', () => {
    assert.ok(!/(?<!\\)[<[]/u.test(report), report);
  });

  it('says when there is nothing', () => {
    const empty = collapseReport(
      {
        ...DATA,
        document: { name: 'a', findings: [], isReadable: false },
        batches: [],
        ledger: emptyLedger(),
      },
      inEnglish,
    );
    assert.match(empty, /Nothing was found.*None has ended yet.*Nothing has come up/su);
    assert.match(empty, /not in English/u);
  });
});

describe('The file of the ledger', () => {
  it('holds the whole ledger', () => {
    assert.deepEqual(finish(readLedger(finish(writeLedger(ledger)))), ledger);
  });

  it('that is damaged loses only what is damaged', () => {
    const lines = finish(writeLedger(ledger)).split('\n');
    lines[1] = lines[1]?.slice(0, -5) ?? '';
    const read = finish(readLedger(lines.join('\n')));
    assert.equal(Object.keys(read.entries).length, Object.keys(ledger.entries).length - 1);
    assert.deepEqual(finish(readLedger('{"version":9}')), emptyLedger());
    assert.deepEqual(finish(readLedger('')), emptyLedger());
  });
});
