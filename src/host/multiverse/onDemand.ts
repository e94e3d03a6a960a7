/** The plot of probability mass: a bundle of its own. */
export { MultiverseFeature } from './multiverseFeature';
