/**
 * Every dialect, in the order in which their signs are believed; the one for all others last. By itself, since
 * settings are checked against it before anything else is loaded.
 */
export const DIALECT_IDS = [
  'koboldcpp',
  'llama.cpp',
  'ollama',
  'lm-studio',
  'openrouter',
  'deepseek',
  'together',
  'text-generation-webui',
  'vllm',
  'openai',
  'generic',
] as const;

export type DialectId = (typeof DIALECT_IDS)[number];
