/** Moves of style and limits; each is the text of a file as a writer would keep it in a folder. */
export const MOVES: readonly string[] = [
  `---
name: distance
about: Nearer or farther: inside somebody's head, or seen across the street.
group: style
---
Change the distance from which it is told, and change it far. Where the passage is close to somebody, tell it from outside, by what could be seen and heard there and nothing else; where it is told from outside, tell it from as near as breath, in the thoughts of one who is there.
`,
  `---
name: syntax
about: Other sentences: one long one where there were many short ones, or the reverse.
group: style
---
Change the sentences. Where they are of middling length, as most are, use few very long ones that keep turning, or very short ones, some without a verb; vary how they begin; let the most important thing stand in a subordinate clause.
`,
  `---
name: register
about: Another tone of voice: plainer, odder, more exact, as this person would talk.
group: style
---
Change the tone of voice. Tell it as one particular person would who was there and talks to somebody they know: their words for things, what they would leave out, what they would come back to. No fine writing.
`,
  `---
name: image
about: Things instead of feelings and generalities; one exact picture.
group: style
---
Change what is seen. Put a thing, a gesture or a sound wherever a feeling or a generality is named, and let one exact and unexpected picture carry the passage. No comparison: what is there is enough.
`,
  `---
name: order
about: What is told first, what last, and what is held back.
group: style
---
Change the order of what the reader learns. Begin with what now comes last or in the middle, hold something back until the end, and let what came before be gathered from it.
`,
  `---
name: speech
about: Talk where there was telling, or telling where there was talk.
group: style
---
Change how much of it is spoken. Where it is told, let people speak and act it out, with nothing said that explains the scene; where people speak, tell it in summary, with at most one line of speech left.
`,
  `---
name: plain
about: No simile, no metaphor, nothing like anything else.
group: limits
---
Without a comparison: no simile, no metaphor, nothing that is like something else. Say what is there, and choose it so well that nothing is missed.
`,
  `---
name: no-rhyme
about: Without rhyme and without a steady beat.
group: limits
---
Without rhyme, at the ends of lines or inside them, and without a steady beat. Where the passage is verse it stays verse: break its lines where the sense catches, and let stanzas differ in length.
`,
  `---
name: no-stock
about: Without a worn phrase: nothing anybody has read before.
group: limits
---
Without a phrase that you have read before. Whatever would come to anybody's mind at a place, an adjective with its noun, what a heart or a breath does, how silence falls, leave out or replace by something only this writer could have meant. No sentence of the form "not this but that", no list of three.
`,
];
