/** Which API a request goes to; `generate` is Ollama's own. */
export type Api = 'chat' | 'completions' | 'responses' | 'generate';
