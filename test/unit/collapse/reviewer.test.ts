import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { AllowList } from '../../../src/core/collapse/allowList';
import { emptyLedger, remember } from '../../../src/core/collapse/attractorLedger';
import { Reviewer, type ReviewContext } from '../../../src/core/collapse/reviewer';
import { inEnglish } from '../../../src/core/collapse/translate';
import { IdeaLabels } from '../../../src/core/diversity/ideaLabels';
import type { Token } from '../../../src/core/model/token';
import { CANNED, fiction } from './textHelpers';

const media = new URL('../../../media/', import.meta.url);
const clock = { now: () => 0, sleep: () => Promise.resolve() };
const rules = { severities: {}, lists: [], allow: new AllowList({}) };
const never = new AbortController().signal;

const parts = { loadAsset: (name: string) => readFile(new URL(name, media)), clock };

function branches(...texts: string[]) {
  return texts.map((text, index) => ({ index, node: `n${index}`, text }));
}

describe('The review of a batch', () => {
  let reviewer: Reviewer;
  before(async () => {
    reviewer = await Reviewer.open(parts);
  });
  const review = (texts: string[], context: ReviewContext = {}, signal = never) =>
    reviewer.reviewBatch(branches(...texts), context, new IdeaLabels(), rules, inEnglish, signal);
  const codesOf = async (texts: string[], context?: ReviewContext) => {
    const { flags } = await review(texts, context);
    return texts.map((_, i) => [...new Set((flags.get(i) ?? []).map(({ code }) => code))]);
  };

  it('finds what is in each branch, and what they share', async () => {
    const alike = ['Mary', 'John', 'Anna', 'Luke'].map(
      (name) => `${name} opened the old wooden door and walked slowly into the ${name} garden.`,
    );
    const found = await codesOf([...alike, CANNED]);
    assert.ok(found[0]?.includes('template'), found.join(' '));
    assert.ok(found[4]?.includes('canned-phrase'));
    assert.ok(!found[4]?.includes('template'));
  });

  it('knows the passage and the request', async () => {
    const passage = fiction.slice(0, 3000);
    const [echo = []] = await codesOf([passage.slice(500, 900)], { before: passage });
    assert.ok(echo.includes('echo'));
    const poem = 'The sun is bright\nIt gives us light\nThe sky is blue\nAnd so are you\n';
    const [rhyme = []] = await codesOf([poem], { instruction: 'Write free verse. Do not rhyme.' });
    assert.ok(rhyme.includes('forced-rhyme'));
  });

  it('knows the history of the workspace', async () => {
    const generations = ['p', 'q'].map((passage) => ({
      text: 'At the gate stood Quillon in a red hat.',
      before: '',
      passage,
      time: 1,
    }));
    const history = { ledger: remember(emptyLedger(), generations), passage: 'here' };
    const [codes = []] = await codesOf(['And then Quillon laughed.'], { before: 'x', history });
    assert.ok(codes.includes('attractor'));
  });

  it('asks the yardstick about certain tokens', async () => {
    const words = 'The grey morning came slowly over silent fields beyond town'.split(' ');
    const text = words.join(' ');
    let at = 0;
    const tokens = words.map((word, i): Token => {
      const start = at;
      at += word.length + (i === 0 ? 0 : 1);
      return { start, end: at, logprob: -0.001, alternatives: [], tail: 0 };
    });
    const openness = () => ({ entropy: 7, rank: null });
    const flags = await reviewer.reviewBranch({ text, tokens }, { openness }, rules, never);
    assert.deepEqual(
      flags.map(({ code }) => code),
      ['stuck-run'],
    );
  });

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await assert.rejects(
      review([CANNED, fiction], { before: fiction }, controller.signal),
      /enough/,
    );
  });

  it('says in a sentence that an asset is damaged', async () => {
    const broken = { ...parts, loadAsset: () => Promise.resolve(new Uint8Array(3)) };
    await assert.rejects(Reviewer.open(broken), /damaged.*Install/);
  });
});
