import type { Row } from './pickerRows';

/** What happens when a line that is no model is chosen. */
export type Act =
  | { do: 'add-endpoint'; baseUrl?: string }
  | { do: 'enter-key'; origin: string }
  | { do: 'manage-keys' }
  | { do: 'examine'; models: readonly string[] }
  | { do: 'open-settings' }
  | { do: 'look-again' };

export interface PickerRow extends Row {
  act?: Act;
}

/** Where models come from: one section of the list each. */
export interface Source {
  title: string;
  /** Fills `show` as models are found, starting with what is known at once. */
  look: (show: (rows: readonly PickerRow[]) => void, signal: AbortSignal) => Promise<void>;
}
