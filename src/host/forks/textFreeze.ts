import * as vscode from 'vscode';
import { sentencesOf } from '../../core/diversity/futures';
import type { FreezeView } from '../../protocol';
import { freezeView } from '../freezeView';
import { editorOf } from '../insertBranch';
import type { Show } from './branching';
import { freezeFromTokens, resampled, type Confirm } from './freezing';
import type { ForkParts } from './forkFeature';
import type { Present } from './freezeList';
import { keepSamples } from './keepSamples';
import { escapeInText } from './textForks';
import { askFrom, textPlaceOver, type TextPlace } from './textPlace';

/** What asks the writer: for the cost, and where to go. */
export interface FreezeAsks {
  confirm: Confirm;
  present: Present;
  show: Show;
}

/**
 * *Where did it freeze?*, of a selection or paragraph: a list of its sentences and how many futures are left at
 * each. From its probabilities where it has any and nobody asked to resample.
 * @throws VariorumError when there is no sentence in it
 */
export async function freezeInText(
  parts: ForkParts,
  place: TextPlace,
  resample: boolean,
  asks: FreezeAsks,
): Promise<void> {
  const { session, span } = place;
  const held = session.places.keep(span.end, span);
  try {
    const text = session.draft.text.slice(span.start, span.end);
    const known = await fromTokens(parts, place, text);
    let view = resample || !known ? await sample(parts, place, text, asks.confirm) : known;
    let choice = view && (await asks.present(view, text));
    while (choice?.do === 'resample') {
      view = (await sample(parts, place, text, asks.confirm)) ?? view;
      choice = view && (await asks.present(view, text));
    }
    if (!choice) {
      return;
    }
    // The writer may have changed it meanwhile.
    const now = textPlaceOver(session, held.selection ?? span, place.scope);
    const from = now.span.start + (view?.borders[choice.sentence]?.start ?? 0);
    await (choice.do === 'go'
      ? goTo(now, from)
      : escapeInText(parts, now, { from, orOpen: true }, asks.show));
  } finally {
    held.dispose();
  }
}

function fromTokens(
  parts: ForkParts,
  { session, span, tokens }: TextPlace,
  text: string,
): Promise<FreezeView | undefined> {
  const before = session.draft.text.slice(0, span.start);
  const own = tokens
    .filter(({ start, end }) => start >= span.start && end <= span.end)
    .map((token) => ({ ...token, start: token.start - span.start, end: token.end - span.start }));
  return freezeFromTokens(parts, { text, before, tokens: own });
}

/** What short branches say; undefined where none came. */
async function sample(
  parts: ForkParts,
  place: TextPlace,
  text: string,
  confirm: Confirm,
): Promise<FreezeView | undefined> {
  const [first] = place.tokens;
  const asked = await askFrom(parts, place, place.span.start, first?.model);
  const { session, span } = place;
  session.keeper.keep('generate');
  // The writer may go on meanwhile: where they fork is where they were asked for.
  const forks = new Map(
    sentencesOf(text).map(({ start }) => [start, session.keeper.forkAt(span.start + start)]),
  );
  let view: FreezeView | undefined;
  await resampled(text, asked, confirm, {
    tell: (borders) => (view = freezeView('samples', borders)),
    keep: (samples, at) =>
      keepSamples(session, asked.request, forks.get(at) ?? asked.request, samples),
  });
  return view;
}

/** Puts the caret at the beginning of a sentence. */
async function goTo({ session }: TextPlace, at: number): Promise<void> {
  const editor = await editorOf(session.document);
  const gap = /^\s*/u.exec(session.draft.text.slice(at))?.[0].length ?? 0;
  const position = session.draft.positionAt(at + gap);
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position));
}
