export const HELP = `variorum: see every way a draft could go

Usage
  variorum continue FILE|-   many continuations of a draft, each token with its probability
  variorum score    FILE|-   how probable each token of a text is
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

Options of modes
  --jsonl            one {"id","text","set"?} a line in, one result a set out: its modes, their
                     labels and members, and measures of diversity; all are estimates
  --similarity       add how alike the texts are, pair by pair, in the order given

FILE is UTF-8 text; - reads standard input. Offsets are UTF-16 code units, end exclusive;
those of score lie in the text as given.

Exit status: 0 fine, 2 bad usage or input, 3 the model failed.
`;
