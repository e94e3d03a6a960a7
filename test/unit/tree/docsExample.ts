import { MemoryStore } from '../../fixtures/memoryStore';
import { TEXT_INTERVAL } from '../../../src/core/tree/documentJournal';
import { journalLines, open } from './opened';

const ANSWER = ['She put the letter ', 'back on the table', '.'] as const;

/** The lines of a journal in which everything happens once: the example of `docs/journal.md`. */
export async function exampleLines(): Promise<string[]> {
  const store = new MemoryStore();
  const { journal, clock } = await open(store, 7);
  const prompt = '1a2b3c4d5e6';
  const source = { kind: 'model', model: 'sketch', strategy: 'raw', prompt } as const;
  const asked = { n: 1, maxTokens: 120, temperature: 1, topP: 1, minP: 0, spread: 'plain' };
  const draft = { parent: null, at: 1042, source, asked: { ...asked, before: 1042 } };
  const [node] = journal.recordBatch([draft]);
  const id = node?.id ?? '';
  // What refers to a branch while it streams brings it into the journal as far as it is.
  const [first, second, last] = ANSWER;
  journal.recordText(id, first);
  await clock.pass(TEXT_INTERVAL);
  await journal.recordMark(id, 'bookmark', 'the turn');
  journal.recordText(id, second);
  await clock.pass(TEXT_INTERVAL);
  await journal.recordMark(id, 'note', 'which table?');
  journal.recordText(id, last);
  await clock.pass(350);
  const [start, end] = [1042, 1042 + ANSWER.join('').length];
  const tokens = [{ start: 0, end: end - start, logprob: -9, alternatives: [], tail: null }];
  await journal.recordEnd(id, {
    status: 'done',
    finish: 'stop',
    tokens: { semantics: 'raw', bytes: 'exact', tokens },
    seconds: 2.35,
    usage: { promptTokens: 812, completionTokens: 9 },
  });
  clock.time += 5_000;
  await journal.recordPlace({ node: id, from: 0, start, end });
  await journal.recordPrune(id, true);
  return journalLines(store).map((line) => JSON.stringify(line));
}
