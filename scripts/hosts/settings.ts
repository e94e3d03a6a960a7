/** VS Code settings by name. */
export type Settings = Readonly<Record<string, unknown>>;

/** Keeps the workbench to what is being looked at: no welcome pages, tips, prompts, updates. */
export const QUIET: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.showReleaseNotes': false,
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  // What moves is painted again and again, which without a graphics card costs more than the tests.
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
};

/** Hides VS Code's own chat, which otherwise fills the secondary side bar. */
export const WITHOUT_CHAT: Settings = {
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};
