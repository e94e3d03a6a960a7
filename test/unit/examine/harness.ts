import { clock } from '../../../src/cli/platform';
import { CapabilityRecord } from '../../../src/core/model/capability/capabilityRecord';
import type { FlagName, Scope } from '../../../src/core/model/capability/flags';
import {
  examineModel,
  examinationReport,
  type Endpoint,
  type Examination,
} from '../../../src/parts/openai';
import type { TestServer } from '../../fixtures/testServer';

/** What an examination asked the server for, as the server counted it. */
export interface Asked {
  requests: number;
  tokens: number;
}

/** Examines the model of a server by the whole stack. */
export function examineAt(
  server: TestServer,
  endpoint: Partial<Endpoint> = {},
  signal = new AbortController().signal,
): Promise<Examination> {
  const parts = { fetch, clock, random: () => 0.5, timeouts: { first: 2000, next: 2000 } };
  return examineModel(
    { baseUrl: server.baseUrl, model: 'stories260K', ...endpoint },
    parts,
    signal,
  );
}

/** Counts at the server: each request, and the tokens that it could have written for it. */
export function countAt(server: TestServer): Asked {
  const tokens = server.received.map(({ body }) => {
    const { n, ...asked } = (body ?? {}) as Record<string, number | undefined>;
    const most =
      asked['max_tokens'] ?? asked['max_completion_tokens'] ?? asked['max_output_tokens'];
    return (most ?? 0) * (n ?? 1);
  });
  return { requests: server.received.length, tokens: tokens.reduce((sum, each) => sum + each, 0) };
}

export function recordOf({ record }: Examination): CapabilityRecord {
  return new CapabilityRecord({ stored: record });
}

/** The values of flags, `FLAG.SCOPE` each, for comparing. */
export function valuesOf(
  examination: Examination,
  names: readonly `${Scope}.${FlagName}`[],
): Record<string, string> {
  const record = recordOf(examination);
  const entries = names.map((name) => {
    const [scope, flag] = name.split('.') as [Scope, FlagName];
    return [name, record.get(flag, scope).value] as const;
  });
  return Object.fromEntries(entries);
}

export function reportOf(examination: Examination): string {
  return examinationReport(examination, { when: (time) => new Date(time).toISOString() });
}
