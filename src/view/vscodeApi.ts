import type { ToHost } from '../protocol';

/** What VS Code hands to a webview; it may be acquired once. */
interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: Memory): void;
}

/** What the page itself remembers while it is hidden; everything else the host replays. */
export interface Memory {
  batch: string | null;
  /** The first card in sight. */
  card: number;
  /** From its top to the top of the view, CSS pixels. */
  offset: number;
}

export interface Host {
  post(message: ToHost): void;
  remember(memory: Memory): void;
  /** Null when there is nothing, or nothing of ours. */
  recall(): Memory | null;
}

declare function acquireVsCodeApi(): VsCodeApi;

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    remember: (memory) => api.setState(memory),
    recall: () => {
      const saved = api.getState();
      return isMemory(saved) ? saved : null;
    },
  };
}

function isMemory(value: unknown): value is Memory {
  return (
    typeof value === 'object' &&
    value !== null &&
    'batch' in value &&
    'card' in value &&
    typeof value.card === 'number' &&
    'offset' in value &&
    typeof value.offset === 'number'
  );
}
