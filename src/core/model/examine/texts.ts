/** A sentence that breaks off: whoever goes on with it begins with a small letter. */
export const BROKEN_OFF = 'Once upon a time, there was a';
/** What a chat is asked before a message is begun for it. */
export const REQUEST = 'Tell me a story.';
/** A character of four bytes, which most vocabularies cut into pieces. */
export const EMOJI = '🎉';
export const EMOJI_REQUEST = `Answer with this emoji and nothing else: ${EMOJI}`;
/** A parameter that no server has. */
export const NO_SUCH_PARAMETER = 'no_such_parameter';
/** Any id that every vocabulary has. */
export const ANY_ID = 300;
export const SEED = 5;
