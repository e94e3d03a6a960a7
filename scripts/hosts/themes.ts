/** The colour themes that pictures are taken in, and the class the workbench has in each. */
export const THEMES = {
  light: { setting: 'Default Light Modern', kind: 'vs' },
  dark: { setting: 'Default Dark Modern', kind: 'vs-dark' },
  'high-contrast': { setting: 'Default High Contrast', kind: 'hc-black' },
  'high-contrast-light': { setting: 'Default High Contrast Light', kind: 'hc-light' },
} as const;

export type ThemeName = keyof typeof THEMES;
