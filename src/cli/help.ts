export const HELP = `variorum: see every way a draft could go

Usage
  variorum continue FILE|-   many continuations of a draft, each token with its probability
  variorum score    FILE|-   how probable each token of a text is
  variorum check    FILE…|-  what is canned, rhymed unasked, stock or broken in texts
  variorum check    --jsonl FILE|-   the same for many texts, a JSON line each
  variorum modes    --jsonl FILE|-   which texts say the same thing, and how diverse they are

Options of continue and score
  --json             JSON lines for programs instead of text for people
  --model ID         which model of the server at --base-url; without both, the built-in base model
                     (sketch). May be left out where the server has only one
  --base-url URL     where an OpenAI-compatible API begins, for example http://127.0.0.1:8080/v1
  --api-key-env NAME the variable that holds the key; no variable is read unless it is named
  --api API          chat, completions, responses, or auto: found out by asking (the default)
                     score needs completions with echo or prompt_logprobs (vLLM and others); where a
                     server has neither, it says so. Long texts go in pieces that overlap
  --dialect KIND     the kind of server, where its answers do not tell it: llama.cpp, ollama, vllm …

Options of continue
  --n N              branches (default 5)
  --max-tokens N     longest branch, in tokens (default 120)
  --context N        send at most so many tokens of the draft, its end (default: all the model takes)
  --reach HOW        end each branch after its first whole sentence, paragraph or scene
  --instruction TEXT what is to come next, in words, for models that take instructions
  --temperature T    0 takes the most probable token; higher is more varied (default 1)
  --top-p P          keep only the most probable tokens with this mass (default 1)
  --min-p P          drop tokens under this share of the best one (default 0)
  --seed N           the same seed gives the same branches, where the model can
  --alternatives K   alternatives listed for each token (default 5); score takes it too

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
those of score and check lie in the text as given. Reasoning before an answer (<think>…</think>
at the beginning of a line) is neither checked nor compared.

On a terminal, green text is what the model was sure of (p ≥ .9, bolder at .99, underlined at
.999) and dotted (or faint) text what it found unlikely; NO_COLOR turns that off. Ctrl+C prints
what has come.

Exit status: 0 fine, 1 findings at or above --fail-on, 2 bad usage or input, 3 the model failed.
`;
