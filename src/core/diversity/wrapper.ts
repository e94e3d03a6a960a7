/** Openings an assistant puts before an answer; each is taken off as often as it comes. */
const OPENERS: readonly RegExp[] = [
  /^(?:sure(?: thing)?|certainly|absolutely|of course|definitely|gladly|okay|ok|alright|all right|great|no problem|happy to help|with pleasure|haha|ha ha|got it|understood)\b[\s,.!:;-]+/iu,
  /^(?:here(?: you go|'s| is| are)|this is|let me|i have|i've got|how about|allow me|try this)\b[^.!?\n:]{0,100}:\s*/iu,
  /^(?:here you go|here goes|how about this(?: one)?|let me think|let's see|good question|great question|glad you asked)\b[\s,.!:;?-]+/iu,
  /^(?:answer|a|joke|output|response|assistant|story|continuation)\s*:\s*/iu,
];

/** What an assistant adds after one. */
const CLOSERS: readonly RegExp[] = [
  /[\s.!?]*\b(?:haha|ha ha|ba dum tss?|get it)\b[\s.!?)]*$/iu,
  /(?<=[.!?)"'\n])\s*(?:i |we )?(?:hope (?:that|this|it|you)|let me know|feel free|would you like|do you want|want (?:me|another|to hear)|is there anything|enjoy\b|just let me|if you(?:'d| would) like)[^\n]{0,200}$/iu,
  /(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u200d)+$/u,
];

/** Turns of taking off: several wrappers may lie round one answer. */
const TURNS = 3;

/**
 * An answer without what an assistant wraps round it ("Sure, here's a joke:", "Let me know if …").
 * A text that is nothing but wrapper stays as it is.
 * @param text as `typography` leaves it
 */
export function unwrapped(text: string): string {
  let bare = text.trim();
  for (let turn = 0; turn < TURNS; turn++) {
    const before = bare;
    for (const wrapper of OPENERS) {
      bare = without(wrapper, bare);
    }
    const tail = bare.slice(-TAIL);
    bare = bare.slice(0, bare.length - tail.length) + CLOSERS.reduce((t, w) => without(w, t), tail);
    if (bare === before) {
      break;
    }
  }
  return bare;
}

/** Closers are looked for in this many last characters: no regular expression walks a long text. */
const TAIL = 400;

function without(wrapper: RegExp, text: string): string {
  const rest = text.replace(wrapper, '').trim();
  return rest === '' ? text : rest;
}
