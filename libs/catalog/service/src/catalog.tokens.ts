/** What controllers of catalog are handed; bound once, in the module. */
export const catalogReader = Symbol('catalog reader');
export const catalogVariants = Symbol('catalog variants');
export const catalogMappingSkus = Symbol('catalog mapping SKUs');
export const catalogClock = Symbol('catalog clock');
