import { checkEvent } from '../eventSchema';
import { field, type Fields } from './fields';
import type { LoomOrigin } from './loom';

const FIELDS = ['status', 'finish', 'error', 'seconds', 'usage', 'asked'] as const;
const SOUND = {
  ...{ id: 'n', parent: null, at: 0, batch: 'b', index: 0, created: 0, status: 'done' },
  source: { kind: 'unknown' },
};

/** The same as fields of a line; a `prompt` would be taken for another program's text. */
export function originLine({ prompt, ...origin }: LoomOrigin): object {
  return { ...origin, ...(prompt === undefined ? {} : { prompt_hash: prompt }) };
}

/** How a model's node was made, as far as it is said the way a journal says it; the rest is passed over. */
export function originIn(fields: Fields): LoomOrigin {
  const [strategy, prompt] = [field(fields, 'strategy'), field(fields, 'prompt_hash')];
  const sound = FIELDS.flatMap((name) => {
    const value = field(fields, name);
    const data = { ...SOUND, [name]: value };
    const frame = { v: 1, writer: 'import', seq: 0, time: 0, event: 'node' };
    const isSound = value !== undefined && checkEvent({ ...frame, data }).kind === 'known';
    return isSound ? [[name, value] as const] : [];
  });
  return {
    ...(typeof strategy === 'string' ? { strategy } : {}),
    ...(typeof prompt === 'string' ? { prompt } : {}),
    ...(Object.fromEntries(sound) as LoomOrigin),
  };
}
