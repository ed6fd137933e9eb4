/** Physical: a place with goods. Virtual: a named set of at least two physical ones. */
export const warehouseKinds = ['physical', 'virtual'] as const;
export type WarehouseKind = (typeof warehouseKinds)[number];
