/** The index over the writer's own prose, and all that is done with exemplars: a bundle of its own. */
export { ExemplarFeature } from './exemplarFeature';
