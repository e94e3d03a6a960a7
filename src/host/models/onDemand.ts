/** What is read when a model is first chosen, connected or asked through VS Code: a bundle of its own. */
export { addEndpoint } from './addEndpoint';
export { askForKey } from './askForKey';
export { ExamineModels } from './examineModels';
export { forgetKey } from './forgetKey';
export { LanguageModelApi } from './languageModelApi';
export { manageKeys } from './manageKeys';
export { ModelPicker } from './modelPicker';
export { openSample } from './sampleDraft';
