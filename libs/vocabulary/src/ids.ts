import { v5 } from 'uuid';

/** UUIDs in their text form; fixed length, so stream names parse. */
export type OrganizationId = string;
export type AccountId = string;
export type WarehouseId = string;

const namespace = '6f1f2a52-9b1e-5c44-8f0a-3d9f0c9f7a11';

/** The same parts give the same id (UUIDv5), anywhere and for ever: how a repeat finds what the first try made. */
export const derivedId = (...parts: readonly (string | number)[]): string => v5(JSON.stringify(parts), namespace);
