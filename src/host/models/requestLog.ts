import * as vscode from 'vscode';
import type { RequestRecord, RequestText, RequestWatch } from '../../parts/openai';

/**
 * Writes every request into the log: where it went, how long it took, how many tokens. What was said goes there
 * at the level "trace" only; keys and headers never do.
 */
export class RequestLog implements RequestWatch {
  constructor(private readonly log: Pick<vscode.LogOutputChannel, 'logLevel' | 'info' | 'trace'>) {}

  wantsText = (): boolean => this.log.logLevel === vscode.LogLevel.Trace;

  done = (record: RequestRecord, text?: RequestText): void => {
    this.log.info(requestLine(record));
    if (text !== undefined) {
      this.log.trace(`sent: ${text.sent}`);
      this.log.trace(`came: ${text.came}`);
    }
  };
}

/** One request on one line. */
export function requestLine(record: RequestRecord): string {
  const { method, origin, path, status, headers, first, end, events, tokens, outcome } = record;
  const times = [
    ...(headers === undefined ? [] : [`head ${headers} ms`]),
    ...(first === undefined ? [] : [`first ${first} ms`]),
    `end ${end} ms`,
  ];
  return [
    `${method} ${origin}${path}`,
    ...(status === undefined ? [] : [String(status)]),
    outcome,
    times.join(', '),
    `${events} events`,
    ...(tokens === undefined ? [] : [`${tokens.prompt} tokens sent, ${tokens.completion} written`]),
  ].join(' · ');
}
