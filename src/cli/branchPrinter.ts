import type { Flag } from '../core/collapse/flag';
import type { CollectedBranch } from '../core/model/collector';
import type { LanguageModel, Passage } from '../core/model/languageModel';
import { openChecker } from './checker';
import { flagRecord, outputTerminal, printJson, tokenRecord, warn } from './output';
import { legend, styled, tokenText, type Terminal } from './terminal';

interface Printed {
  json: boolean;
  model: LanguageModel;
  passage: Passage;
}

/** Prints branches that have ended: a JSON line each, or text for people. */
export async function branchPrinter({
  json,
  model,
  passage,
}: Printed): Promise<(branch: CollectedBranch) => Promise<void>> {
  const checker = await openChecker([]);
  const { before, instruction } = passage;
  const flagsOf = async ({ text }: CollectedBranch): Promise<readonly Flag[]> =>
    text === '' ? [] : (await checker(text, { before, instruction })).flags;
  if (json) {
    return async (branch) => printJson(branchRecord(model.id, branch, await flagsOf(branch)));
  }
  const terminal = outputTerminal();
  const { value, evidence } = model.capabilities.logprobs;
  if (value === 'no') {
    warn(`${model.label} gives no probabilities. ${evidence}`);
  }
  const meaning = value === 'no' ? '' : legend(terminal);
  if (meaning !== '') {
    process.stdout.write(`${meaning}\n\n`);
  }
  return async (branch) => {
    const flags = await flagsOf(branch);
    process.stdout.write(branchText(terminal, branch, flags));
  };
}

function branchRecord(
  model: string,
  { index, text, tokens, finish, error }: CollectedBranch,
  flags: readonly Flag[],
) {
  return {
    index,
    model,
    text,
    finish: finish ?? null,
    tokens: tokens.map((token) => tokenRecord(token, text)),
    flags: flags.map(flagRecord),
    ...(error ? { error } : {}),
  };
}

function branchText(
  terminal: Terminal,
  { index, text, tokens, finish, error }: CollectedBranch,
  flags: readonly Flag[],
): string {
  if (error && text === '') {
    // Standard error says why, once for all.
    return '';
  }
  const codes = [...new Set(flags.map(({ code }) => code))];
  const how = [error ? 'failed' : (finish ?? 'cancelled'), ...codes].join(' · ');
  const number = styled(terminal, 'bold', `${index + 1}.`);
  return `${number} ${tokenText(terminal, tokens, text).trim()}\n${styled(terminal, 'dim', `   (${how})`)}\n\n`;
}
