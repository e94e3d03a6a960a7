import type { ListedModel } from '../../parts/openai';
import type { Models } from '../models';
import type { Parts } from '../parts';
import { clock, random } from '../platform';
import type { EndpointEntry } from './endpoints';

/** How long a server may take to list its models, in milliseconds. */
const LIST_TIME = 10_000;

/**
 * The models that a server offers to whoever has the key of its origin.
 * @throws VariorumError
 */
export async function listEndpointModels(
  { baseUrl, api }: Pick<EndpointEntry, 'baseUrl' | 'api'>,
  {
    keys,
    network,
    notePrices,
    examinations,
  }: Pick<Models, 'keys' | 'network' | 'notePrices' | 'examinations'>,
  parts: Parts,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const { listModels } = await parts.load('openai');
  const key = await keys.keyFor(baseUrl);
  const listed = await listModels(
    { baseUrl, ...(api ? { api } : {}), ...(key === undefined ? {} : { key }) },
    { fetch: network.fetch, clock, random, watch: network.watch },
    AbortSignal.any([signal, AbortSignal.timeout(LIST_TIME)]),
  );
  notePrices(baseUrl, listed);
  await examinations.listed(
    baseUrl,
    listed.map(({ id }) => id),
  );
  return listed;
}
