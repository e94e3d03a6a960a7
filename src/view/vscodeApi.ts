import type { ToHost } from '../protocol';
import type { Look } from './model/state';

/** What VS Code hands to a webview; it may be acquired once. */
interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: Memory): void;
}

/** Where the reader was. */
export interface Place {
  batch: string | null;
  /** The first card in sight. */
  card: number;
  /** From its top to the top of the view, CSS pixels. */
  offset: number;
}

/** What the page itself remembers while it is hidden; everything else the host replays. */
interface Memory {
  place?: Place;
  look?: Look;
}

export interface Host {
  post(message: ToHost): void;
  rememberPlace(place: Place): void;
  rememberLook(look: Look): void;
  /** Null when there is nothing, or nothing of ours; the same for the look. */
  recallPlace(): Place | null;
  recallLook(): Look | null;
}

declare function acquireVsCodeApi(): VsCodeApi;

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  const recall = (): Memory => memoryIn(api.getState());
  return {
    post: (message) => api.postMessage(message),
    rememberPlace: (place) => api.setState({ ...recall(), place }),
    rememberLook: (look) => api.setState({ ...recall(), look }),
    recallPlace: () => recall().place ?? null,
    recallLook: () => recall().look ?? null,
  };
}

function memoryIn(saved: unknown): Memory {
  const { place, look } = isRecord(saved) ? saved : {};
  return { ...(isPlace(place) && { place }), ...(isLook(look) && { look: lookOf(look) }) };
}

function isPlace(value: unknown): value is Place {
  return (
    isRecord(value) &&
    'batch' in value &&
    typeof value['card'] === 'number' &&
    typeof value['offset'] === 'number'
  );
}

/** What an older page kept says less. */
function lookOf({ isRaw, hasColours, showsChanges = false }: KeptLook): Look {
  return { isRaw, hasColours, showsChanges };
}

type KeptLook = Pick<Look, 'isRaw' | 'hasColours'> & Partial<Look>;

function isLook(value: unknown): value is KeptLook {
  return (
    isRecord(value) &&
    typeof value['isRaw'] === 'boolean' &&
    typeof value['hasColours'] === 'boolean' &&
    ['boolean', 'undefined'].includes(typeof value['showsChanges'])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
