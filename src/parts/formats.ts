/** Trees of other programs; read when one is imported or exported. */
export { addLoom } from '../core/tree/formats/addLoom';
export { extensionOf, readLoom, writeLoom } from '../core/tree/formats/registry';
export { loomOf } from '../core/tree/formats/treeLoom';
