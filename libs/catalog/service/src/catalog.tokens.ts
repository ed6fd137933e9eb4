/** What controllers of catalog are handed; bound once, in the module. */
export const catalogReader = Symbol('catalog reader');
export const catalogWriter = Symbol('catalog writer');
export const catalogStreamsToken = Symbol('catalog streams');
export const catalogMappingSkus = Symbol('catalog mapping SKUs');
export const catalogFollowing = Symbol('catalog following the master source');
export const catalogPreview = Symbol('catalog preview of a master source');
export const catalogClock = Symbol('catalog clock');
