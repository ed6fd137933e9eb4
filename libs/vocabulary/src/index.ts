export { instantOf, msBetween, parseInstant, plusMs, saidOrNow, type Clock, type Instant } from './instant';
export { derivedId, type AccountId, type OrganizationId, type WarehouseId } from './ids';
export { skuKey, type Sku, type SkuKey } from './sku';
export { isStorableText } from './text';
