import * as vscode from 'vscode';
import {
  bordersToSample,
  futuresFromTokens,
  sentencesOf,
  type BorderFutures,
} from '../../core/diversity/futures';
import { resampleAt, SAMPLED, type Samples } from '../../core/diversity/resample';
import type { Token } from '../../core/model/token';
import { writeFreezeMark } from '../../core/tree/freezeMark';
import { MARKS } from '../../core/tree/marks';
import type { FreezeView } from '../../protocol';
import { freezeView } from '../freezeView';
import { askAgain, type AskedFor, type BranchPlace } from './branchPlace';
import { yardstick } from './escaping';
import { nothingToRead } from './forkErrors';
import type { ForkParts } from './forkFeature';
import { keepSamples } from './keepSamples';

/** What resampling would cost at most. */
export interface Cost {
  borders: number;
  branches: number;
  tokens: number;
  model: string;
}

/** Asks the writer whether it is worth that. */
export type Confirm = (cost: Cost) => Promise<boolean>;

/**
 * *Where did it freeze?*, of a branch of the batch shown: from its probabilities, or by resampling.
 * @param resample even where there are probabilities
 */
export async function freeze(
  parts: ForkParts,
  place: BranchPlace,
  resample: boolean,
  confirm: Confirm,
): Promise<void> {
  const { node, tokens, session } = place;
  const asked = await askAgain(parts, place);
  const { before } = asked.request.passage;
  const known = await freezeFromTokens(parts, { text: node.text, before, tokens });
  if (known && !resample) {
    session.froze(node.id, known);
    return;
  }
  const { text, id } = node;
  const keep = (samples: Samples, at: number) =>
    keepSamples(session, asked.request, { parent: id, at }, samples);
  let told: readonly BorderFutures[] | undefined;
  const tell = (borders: readonly BorderFutures[]) => {
    told = borders;
    session.froze(id, freezeView('samples', borders));
  };
  try {
    await resampled(text, asked, confirm, { tell, keep });
  } finally {
    if (told) {
      const { journal, storageFailed } = session;
      await journal.recordMark(id, MARKS.freeze, writeFreezeMark(told)).catch(storageFailed);
    }
  }
}

/** What becomes of samples. */
export interface SampleUse {
  /** Told whenever one more border is known. */
  tell: (borders: readonly BorderFutures[]) => void;
  /** Handed all that came, at an offset of the text. */
  keep: (samples: Samples, at: number) => void;
}

/**
 * Resamples at the sentence borders of a text, if the writer agrees to the cost.
 * @param asked whose passage ends where the text begins
 */
export async function resampled(
  text: string,
  asked: AskedFor,
  confirm: Confirm,
  use: SampleUse,
): Promise<void> {
  const chosen = bordersToSample(sentencesOf(text).length, SAMPLED.borders);
  const { branches, tokens: each } = SAMPLED;
  const borders = chosen.length;
  const cost: Cost = {
    ...{ borders, branches },
    tokens: borders * branches * each,
    model: asked.model.label,
  };
  if (await confirm(cost)) {
    await sampled({ text, asked, chosen, use });
  }
}

/** What probabilities say of a text; undefined where they are not known. @throws VariorumError without a sentence */
export async function freezeFromTokens(
  parts: ForkParts,
  about: { text: string; before: string; tokens: readonly Token[] },
): Promise<FreezeView | undefined> {
  if (sentencesOf(about.text).length === 0) {
    throw nothingToRead();
  }
  const known = futuresFromTokens({ ...about, ...(await yardstick(parts)) });
  return known.some(({ futures }) => futures !== null) ? freezeView('tokens', known) : undefined;
}

/** Says what resampling costs, before anything is sent. */
export const confirmCost: Confirm = async ({ borders, branches, tokens, model }) => {
  const go = vscode.l10n.t('Resample');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Resample how it goes on? {0} is asked for {1} short branches at {2} sentence borders: at most {3} tokens.',
      model,
      branches,
      borders,
      tokens,
    ),
    { modal: true },
    go,
  );
  return choice === go;
};

interface Sampling {
  text: string;
  asked: AskedFor;
  /** Which borders. */
  chosen: readonly number[];
  use: SampleUse;
}

/** Asks at one border after the other; what came before a stop or a failure is kept and shown. */
async function sampled({ text, asked, chosen, use }: Sampling): Promise<void> {
  const borders: BorderFutures[] = sentencesOf(text).map((sentence) => ({
    sentence,
    futures: null,
  }));
  const controller = new AbortController();
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Where did it freeze?'),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      for (const [done, at] of chosen.entries()) {
        const message = vscode.l10n.t('border {0} of {1}', done + 1, chosen.length);
        progress.report({ message, increment: 100 / chosen.length });
        const border = borders[at];
        const start = border?.sentence.start ?? 0;
        const { model, request } = asked;
        const resampling = { model, ...request, text };
        const samples = await resampleAt(resampling, start, controller.signal);
        use.keep(samples, start);
        if (controller.signal.aborted) {
          return;
        }
        if (border) {
          border.futures = samples.futures;
          use.tell(borders);
        }
      }
    },
  );
}
