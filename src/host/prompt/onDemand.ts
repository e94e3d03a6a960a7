/** What is read when a prompt is first shown, or an instruction or the reach asked for: a bundle of its own. */
export { currentPrompt } from './currentPrompt';
export { askForInstruction, remember } from './instruction';
export { promptText } from './promptText';
export { adjustSamplers } from './samplerPicker';
export { setReach } from './reachPicker';
