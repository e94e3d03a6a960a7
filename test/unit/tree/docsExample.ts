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
  const [node] = journal.recordBatch([{ parent: null, at: 1042, source }]);
  const id = node?.id ?? '';
  for (const text of ANSWER) {
    journal.recordText(id, text);
    await clock.pass(text === '.' ? 350 : TEXT_INTERVAL);
  }
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
  await journal.recordMark(id, 'bookmark', 'the turn');
  await journal.recordPrune(id, true);
  return journalLines(store).map((line) => JSON.stringify(line));
}
