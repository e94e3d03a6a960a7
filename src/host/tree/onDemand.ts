/** The Tree view and all that is done with nodes: a bundle of its own. */
export { TreeFeature } from './treeFeature';
