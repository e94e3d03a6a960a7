import type { OpennessOf, OpennessOver } from '../model/openness';
import type { Token } from '../model/token';
import type { VoiceProfile } from '../voice/voiceProfile';
import type { Agreement } from './agreement';
import type { PassageTraits } from './echo';

/** A text to look at, and what is known of how it came to be. */
export interface Subject {
  /** Line ends LF; flags' offsets are UTF-16 into it. */
  text: string;
  /** What was asked for in words (a prompt, an instruction), if anything. */
  instruction?: string;
  /** The passage that the text continues, if any. */
  before?: string;
  /** What was read of `before` already, for texts that continue one passage. */
  traits?: PassageTraits;
  /** Tokens that tile `text`, when the model gave any. */
  tokens?: readonly Token[];
  /** The human yardstick, for detectors that ask how open a place is. */
  openness?: OpennessOf;
  /** The same, of many places at once: asked instead where it is given. */
  opennessOver?: OpennessOver;
  /** The manner of the writer's own prose, where it is known. */
  voice?: VoiceProfile;
  /** What the siblings of the text write alike, the text among them. */
  agreement?: Agreement;
}
