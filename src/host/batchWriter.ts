import type * as vscode from 'vscode';
import type { DocumentJournal } from '../core/tree/documentJournal';
import type { BranchDelta } from '../protocol';
import type { Batch } from './batch';
import { generate } from './generate';
import { openingsOf } from './openings';
import { rewriteView } from './rewriteView';
import type { Begun } from './sessionRequests';
import type { Streams } from './streams';
import type { TokenRuns } from './tokenRuns';

export interface BatchWriterParts {
  document: vscode.TextDocument;
  journal: DocumentJournal;
  runs: TokenRuns;
  streams: Streams;
  /** Told of tokens as they come, and of ends. */
  grew: (batch: Batch, delta: BranchDelta) => void;
  /** Told when something could not be written down. */
  failed: (error: unknown) => void;
}

/** Has models write branches of one document that are in its tree already. */
export class BatchWriter {
  constructor(private readonly parts: BatchWriterParts) {}

  /** One batch after the other, as one stream. What was found in them before is out of date. Never rejects. */
  write(begun: readonly Begun[]): Promise<void> {
    const { document, journal, runs, streams, grew, failed } = this.parts;
    begun.forEach(({ batch }) => delete batch.review);
    return streams.run(async (signal) => {
      for (const { batch, request, cards } of begun) {
        const onGrow = (delta: BranchDelta) => grew(batch, delta);
        await generate({
          ...{ request, cards, signal, forks: batch.forks, journal, onGrow },
          ...openingsOf(document, journal, onGrow, failed),
          onRewrite: ({ index }, mark) => onGrow({ index, tokens: [], rewrite: rewriteView(mark) }),
          onTokens: runs.set,
          onWriteError: failed,
        });
      }
    });
  }
}
