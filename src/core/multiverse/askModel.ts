import { VariorumError } from '../model/error';
import { withText } from '../model/emitted';
import type { LanguageModel, Options, Passage, Usage } from '../model/languageModel';
import { endsWithSpace } from '../prompt/joint';
import { distributionOf, type Distribution } from './distribution';
import type { Ask } from './expand';

/** Entries wanted for each place, where a model lists as many. */
export const LISTED = 50;

/** Whether a model can tell what follows any text, and if not, what it lacks and how we know. */
export type Ability =
  { can: 'yes' | 'perhaps' } | { can: 'no'; lacks: 'alternatives' | 'raw'; evidence: string };

/** What may follow needs a model that lists alternatives and goes on with exactly the text it is given. */
export function abilityOf(model: LanguageModel, passage: Passage): Ability {
  const { logprobs, alternatives, raw, prefill } = model.capabilities;
  const lacking = [logprobs, alternatives].find(({ value }) => value === 'no');
  if (lacking || (alternatives.max < 2 && alternatives.value === 'yes')) {
    const evidence = (lacking ?? alternatives).evidence;
    return { can: 'no', lacks: 'alternatives', evidence };
  }
  const { strategy } = model.prompt(passage, oneToken(model, LISTED));
  if (strategy === 'few-shot' || strategy === 'instruction') {
    const evidence = (raw.value === 'no' ? raw : prefill).evidence;
    return { can: 'no', lacks: 'raw', evidence };
  }
  const known = [logprobs, alternatives].every(({ value }) => value === 'yes');
  return { can: known ? 'yes' : 'perhaps' };
}

/**
 * Asks a model what follows a path after a passage: one token, as it is drawn before any sampling changes.
 * @param listed entries wanted; the model's own bound holds too
 * @param onUsage told what a request used, where the model tells it
 */
export function askModel(
  model: LanguageModel,
  passage: Passage,
  listed: number,
  onUsage: (usage: Usage) => void,
): Ask {
  return async (path, signal) => {
    const emitted = path.map((text) => ({ text }));
    const asked = withText(passage, path.join(''), emitted);
    const spaceIsThere = path.length === 0 && endsWithSpace(passage.before);
    let found: Distribution | null = null;
    for await (const chunk of model.continue(asked, oneToken(model, listed), signal)) {
      const token = chunk.kind === 'delta' ? chunk.tokens?.[0] : undefined;
      if (chunk.kind === 'delta' && token && found === null) {
        found = distributionOf(chunk.text.slice(0, token.end), token, spaceIsThere);
      } else if (chunk.kind === 'end' && chunk.usage) {
        onUsage(chunk.usage);
      } else if (chunk.kind === 'error' && found === null) {
        throw new VariorumError(chunk.error);
      }
    }
    // What a model cannot do may show only in its answer, which then is of no use here.
    return abilityOf(model, asked).can === 'no' ? null : found;
  };
}

function oneToken({ capabilities }: LanguageModel, listed: number): Options {
  const alternatives = Math.max(1, Math.min(listed, capabilities.alternatives.max));
  return { n: 1, maxTokens: 1, temperature: 1, topP: 1, minP: 0, alternatives };
}
