import type { LanguageModel } from '../model/languageModel';

/** Whether branches can be started from given first tokens, as far as is known without asking. */
export function fansOut(model: LanguageModel): 'yes' | 'no' | 'unknown' {
  const { logprobs, alternatives, raw, prefill, ban } = model.capabilities;
  const ways = [raw.value, prefill.value, ban?.value ?? 'no'];
  const way = ways.includes('yes') ? 'yes' : ways.includes('unknown') ? 'unknown' : 'no';
  const all = [logprobs.value, alternatives.value, way];
  return all.includes('no') ? 'no' : all.includes('unknown') ? 'unknown' : 'yes';
}
