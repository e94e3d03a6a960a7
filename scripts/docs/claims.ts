/** What the documentation or the source of a server says; nobody has tried it for this page. */
export interface Claim {
  server: string;
  /** Of the chat and completions APIs, in the order of the columns of the page. */
  several: string;
  probabilities: string;
  scores: string;
  bans: string;
  begun: string;
  /** Where that was read. */
  source: string;
}

export const CLAIMS: readonly Claim[] = [
  {
    server: 'OpenAI',
    several: '1 to 128',
    probabilities: 'chat: up to 20 alternatives; completions: up to 5; not for reasoning models',
    scores: 'echo is in the specification; refused together with logprobs',
    bans: 'by token id',
    begun: 'no',
    source: 'OpenAPI specification',
  },
  {
    server: 'llama.cpp',
    several: 'as many as `--parallel`',
    probabilities: 'both, as many alternatives as asked for, before sampling',
    scores: 'no',
    bans: 'by token id or text',
    begun: 'yes',
    source: 'README and source of the server',
  },
  {
    server: 'Ollama',
    several: 'no such field: ignored',
    probabilities: 'since 0.12.11, up to 20 alternatives',
    scores: 'no',
    bans: 'no such field',
    begun: 'not said',
    source: 'source of its OpenAI layer. Its completions put a chat template around the text',
  },
  {
    server: 'LM Studio',
    several: 'not listed',
    probabilities: 'chat: none, in silence; Responses: since 0.3.39',
    scores: 'not said',
    bans: 'listed',
    begun: 'not said',
    source: 'documentation, issues',
  },
  {
    server: 'vLLM',
    several: 'yes',
    probabilities: 'both, up to `--max-logprobs` (20)',
    scores: 'echo and prompt_logprobs',
    bans: 'by token id',
    begun: '`continue_final_message`',
    source: 'source of its protocol',
  },
  {
    server: 'SGLang',
    several: 'yes',
    probabilities: 'both',
    scores: 'echo, although it logs that the two do not go together',
    bans: 'yes',
    begun: '`continue_final_message`',
    source: 'source of its OpenAI layer',
  },
  {
    server: 'KoboldCpp',
    several: 'not read',
    probabilities: '5 alternatives',
    scores: 'not said',
    bans: 'yes',
    begun: '`continue_assistant_turn`, on unless turned off',
    source: 'source',
  },
  {
    server: 'text-generation-webui',
    several: 'completions only, and not in a stream',
    probabilities: 'both (5)',
    scores: 'echo, in a stream, too',
    bans: 'yes',
    begun: '`continue_`',
    source: 'source',
  },
  {
    server: 'TabbyAPI',
    several: 'yes',
    probabilities: 'both, without bytes',
    scores: 'echo is not read',
    bans: 'by token id',
    begun: '`continue_final_message`, `response_prefix`',
    source: 'source',
  },
  {
    server: 'OpenRouter',
    several: 'no field',
    probabilities: 'by model: its list names the parameters',
    scores: 'no',
    bans: 'by model',
    begun: 'not said',
    source: 'types of its SDK',
  },
  {
    server: 'Together',
    several: 'yes',
    probabilities: 'both; `logprobs` is a number on chat, too',
    scores: 'echo, on chat, too',
    bans: 'yes',
    begun: 'not said',
    source: 'types of its SDK',
  },
  {
    server: 'Fireworks',
    several: 'yes',
    probabilities: 'both, as arrays side by side',
    scores: 'has echo',
    bans: 'not said',
    begun: 'not said',
    source: 'documentation',
  },
  {
    server: 'DeepSeek',
    several: 'not said',
    probabilities: 'chat; an error in reasoning mode',
    scores: 'no',
    bans: 'no',
    begun: '`prefix` on the last message, at /beta',
    source: 'documentation',
  },
  {
    server: 'Mistral',
    several: 'yes',
    probabilities: 'none',
    scores: 'no',
    bans: 'no',
    begun: '`prefix` on the last message',
    source: 'types of its SDK',
  },
  {
    server: 'Groq',
    several: 'refused above 1',
    probabilities: 'refused',
    scores: 'no',
    bans: 'refused',
    begun: 'not said',
    source: 'documentation',
  },
  {
    server: 'Anthropic, OpenAI layer',
    several: 'exactly 1',
    probabilities: 'ignored',
    scores: 'no',
    bans: 'ignored',
    begun: 'not said',
    source: 'documentation',
  },
];
