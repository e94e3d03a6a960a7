export const HELP = `variorum: see every way a draft could go

Usage
  variorum continue FILE|-   many continuations of a draft, each token with its probability
  variorum score    FILE|-   how probable each token of a text is
  variorum check    FILE…|-  what is canned, rhymed unasked, stock or broken in texts
  variorum check    --jsonl FILE|-   the same for many texts, a JSON line each
  variorum modes    --jsonl FILE|-   which texts say the same thing, and how diverse they are

Options of continue and score
  --json             JSON lines for programs instead of text for people
  --model sketch     the built-in base model (the default, and the only one so far)

Options of continue
  --alternatives K   alternatives listed for each token (default 5)
  --n N              branches (default 5)
  --max-tokens N     longest branch, in tokens (default 120)
  --temperature T    0 takes the most probable token; higher is more varied (default 1)
  --top-p P          keep only the most probable tokens with this mass (default 1)
  --min-p P          drop tokens under this share of the best one (default 0)
  --seed N           the same seed gives the same branches

Options of check
  --json             one JSON line a file: its flags, scores from 0 to 1, and rhymes
  --jsonl            one {"id","text","prompt"?} a line in, one result a line out, in order
  --sarif            one SARIF 2.1.0 log for all files
  --fail-on LEVEL    exit with 1 when there is a finding of this level (note, warning, error)
                     or above; without it findings do not change the exit status
  --lists FILE       flag these phrases too (may be repeated): plain text, a phrase a line; a
                     JSON array of phrases; or a JSON array of [phrase, number]

Options of modes
  --jsonl            one {"id","text","set"?} a line in, one result a set out: its modes, their
                     labels and members, and measures of diversity; all are estimates
  --similarity       add how alike the texts are, pair by pair, in the order given

FILE is UTF-8 text; - reads standard input. Offsets are UTF-16 code units, end exclusive;
those of score and check lie in the text as given.

Exit status: 0 fine, 1 findings at or above --fail-on, 2 bad usage or input, 3 the model failed.
`;
