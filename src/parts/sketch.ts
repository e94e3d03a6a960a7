/** The built-in model; read when it first writes or scores. */
export { SketchModel } from '../core/model/sketch/sketchModel';
