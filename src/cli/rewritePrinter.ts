import type { ModelError } from '../core/model/error';
import type { Finish, LanguageModel } from '../core/model/languageModel';
import { describeEffect, describeFault, describeLabel } from '../core/rewrite/describeRewrite';
import type { RewriteEffect } from '../core/rewrite/effect';
import type { RewriteAbout } from '../core/rewrite/rewriting';
import { outputTerminal, printJson } from './output';
import { readable, styled } from './terminal';

/** A rewrite that has ended. */
export interface PrintedRewrite {
  index: number;
  text: string;
  finish: Finish | undefined;
  error: ModelError | undefined;
  about: RewriteAbout | undefined;
}

export interface RewritePrinter {
  one(rewrite: PrintedRewrite): void;
  all(source: string, rewrites: readonly PrintedRewrite[], effect: RewriteEffect): void;
}

/** Prints each rewrite as it comes for people, or one JSON line for programs when all have. */
export function rewritePrinter(json: boolean, { id: model }: LanguageModel): RewritePrinter {
  if (json) {
    return {
      one: () => undefined,
      all: (source, rewrites, effect) => printJson(record(model, source, rewrites, effect)),
    };
  }
  const terminal = outputTerminal();
  const dim = (text: string) => styled(terminal, 'dim', text);
  return {
    one: ({ index, text, finish, error, about }) => {
      const again = about?.attempts.length ?? 0;
      const how = [
        about?.strategy,
        ...(again > 0 ? [`${again} asked again`] : []),
        error ? 'failed' : finish === 'cancelled' ? 'cancelled' : undefined,
      ].filter((part) => part !== undefined);
      const notes = [
        ...(about?.fault ? [describeFault(about.fault)] : []),
        ...(about?.labels ?? []).map((label) => describeLabel(label)),
      ].map((note) => dim(`   ${readable(terminal, note)}\n`));
      process.stdout.write(
        `${styled(terminal, 'bold', `${index + 1}.`)} ${readable(terminal, text)}\n` +
          `${dim(`   (${how.join(' · ')})`)}\n${notes.join('')}\n`,
      );
    },
    all: (_, rewrites, effect) => {
      if (rewrites.length > 0) {
        const { line, details } = describeEffect(effect);
        const rest = details.map((detail) => dim(`  ${detail}`));
        process.stdout.write(`${[line, ...rest].join('\n')}\n`);
      }
    },
  };
}

function record(
  model: string,
  source: string,
  rewrites: readonly PrintedRewrite[],
  { before, first, after, modes }: RewriteEffect,
) {
  const modeOf = new Map(modes.flatMap(({ members }, i) => members.map((member) => [member, i])));
  return {
    source,
    model,
    rewrites: rewrites.map((rewrite, i) => rewriteRecord(rewrite, modeOf.get(i) ?? null)),
    modes: modes.map(({ label, size }) => ({ label, size })),
    before,
    first,
    after,
  };
}

function rewriteRecord({ index, text, finish, error, about }: PrintedRewrite, mode: number | null) {
  return {
    index,
    text,
    strategy: about?.strategy ?? null,
    mode,
    finish: finish ?? null,
    ...(about ? aboutRecord(about) : {}),
    ...(error ? { error } : {}),
  };
}

function aboutRecord({ attempts, labels, fault, usage }: RewriteAbout) {
  return {
    tries: attempts.length + 1,
    attempts,
    labels: labels.map((label) => ({ ...label, message: describeLabel(label) })),
    ...(fault ? { fault: { ...fault, message: describeFault(fault) } } : {}),
    ...(usage ? { usage } : {}),
  };
}
