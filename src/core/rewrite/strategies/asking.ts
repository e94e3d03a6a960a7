/** Ways of asking; each is the text of a file as a writer would keep it in a folder. */

export const FRAME = `---
name: frame
about: What every move below is set into: the rules, the text around the passage, what is there already.
how: frame
---
## system
You rewrite passages of a manuscript. The user's message holds one passage; your reply is put in its place as it stands. Reply with the new text alone: no heading, no remark before or after it, no quotation marks or fence around it.

What happens stays what happens, and so do names, numbers and what has been said and done before. Write in the language of the passage, in its tense and person unless something else is asked for. Keep its Markdown: links and where they lead, headings, tables, code. Nothing has to be explained, softened, resolved or made pretty.

## user
The writer's notes on the work:
<notes>
{{notes}}
</notes>

Pages by the same writer. Take their way of writing, none of their content:
{{exemplars}}

This stands before the passage:
<before>
{{before}}
</before>

This stands after it:
<after>
{{after}}
</after>

The passage:
<passage>
{{source}}
</passage>

These versions of it are there already:
{{taken}}

How to rewrite the passage: {{move}}

What the writer asks for besides: {{instruction}}

None of these may stand in it, nor anything that only varies them:
{{avoid}}

About the last attempt: {{reason}}

Reply with the rewritten passage alone, of about {{words}} words.
`;

export const IN_CONTEXT = `---
name: in-context
about: One after the other, each told what the others say, so that it has to say something else.
how: in-turn
---
So that it becomes another text and not the same one in other words. Let it begin elsewhere, notice other things, take them in another order and be built of other sentences than the passage, and than every version above. Nobody who puts it beside one of them should take them for the same.
`;

export const TAIL = `---
name: tail
about: Many at once from where the model seldom goes; those that differ most are kept.
how: batch
pool: 2
---
## system
You rewrite passages of a manuscript, each in many ways. What happens stays what happens, and so do names, numbers and what has been said and done before. Write in the language of the passage, in its tense and person unless something else is asked for. Keep its Markdown: links and where they lead, headings, tables, code.

## user
The writer's notes on the work:
<notes>
{{notes}}
</notes>

Pages by the same writer. Take their way of writing, none of their content:
{{exemplars}}

This stands before the passage:
<before>
{{before}}
</before>

This stands after it:
<after>
{{after}}
</after>

The passage:
<passage>
{{source}}
</passage>

These versions of it are there already:
{{taken}}

What the writer asks for: {{instruction}}

None of these may stand in any version, nor anything that only varies them:
{{avoid}}

About the last attempt: {{reason}}

Write {{n}} versions of the passage, each of about {{words}} words. Give with each the probability, from 0 to 1, with which you would have written it had you been asked for one. Take all of them from the tails of what you could write: each probability is under 0.10, and no two are alike in what they begin with, what they notice or how they are built.

Answer in this form, with nothing around it:
<rewrite probability="0.07">
the text of a version
</rewrite>
<rewrite probability="0.03">
the text of the next
</rewrite>
`;

export const TRANSCRIPT = `---
name: transcript
about: For base models: a workbook in which drafts are followed by other versions, and which the model goes on with.
how: transcript
---
[{{notes}}]

Pages by the author:
{{exemplars}}
***

From the author's workbook. Below each draft stand versions of it that tell the same thing in other ways. No two begin alike.

Draft:
The rain had stopped, so Joan went out to take in the washing. It was wetter than when she had hung it up, and she laughed.

Version 1:
Nobody hangs washing out in April, Joan's mother used to say. Joan stood under the line and wrung out a sleeve, and it ran over her shoes, and there was nothing to do but laugh.

Version 2:
Laughing, with both arms full of cold shirts: that was how the neighbours saw her. They had watched the rain stop. They had watched her come out to look.

Version 3:
After the rain the sheets weighed twice what they had. She took one down. She put it back. It was so useless that it was funny.

***

Draft:
He waited at the barrier for the train from Leeds. When it came she was not on it, and he bought a coffee and stayed for the next.

Version 1:
There were two coffees that evening. He bought the first when the Leeds train had emptied and the platform had nobody on it but a guard.

Version 2:
Everyone from Leeds walked past him, a hundred people, and none of them her. The next one was at ten past. He could stand here until ten past; he had stood here since six.

***

The page of the manuscript that the next draft is from:
{{before}}
***

What the versions of the next draft are to be: {{instruction}}

Draft:
{{source}}

{{taken}}

Of the next version: {{move}}

Version {{n}}:
`;
