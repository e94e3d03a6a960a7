import type { FromPlot } from '../../plotProtocol';

interface VsCodeApi {
  postMessage(message: FromPlot): void;
  getState(): unknown;
  setState(state: Zooms): void;
}

/** What the reader had enlarged, for one place. */
export interface Zooms {
  place: string;
  zooms: readonly number[];
}

export interface PlotHost {
  post(message: FromPlot): void;
  remember(zooms: Zooms): void;
  /** Null when there is nothing, or nothing of ours. */
  recall(): Zooms | null;
}

declare function acquireVsCodeApi(): VsCodeApi;

export function connectHost(): PlotHost {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    remember: (zooms) => api.setState(zooms),
    recall: () => {
      const saved = api.getState();
      return isZooms(saved) ? saved : null;
    },
  };
}

function isZooms(saved: unknown): saved is Zooms {
  return (
    typeof saved === 'object' &&
    saved !== null &&
    'place' in saved &&
    typeof saved.place === 'string' &&
    'zooms' in saved &&
    Array.isArray(saved.zooms) &&
    saved.zooms.every((zoom) => Number.isInteger(zoom))
  );
}
