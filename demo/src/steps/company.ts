import type { Api } from '../client/api';

export type Service = 'tenancy' | 'sales' | 'stock' | 'purchasing' | 'catalog';
export type WarehouseCode = 'NORTH' | 'SOUTH' | 'EVERYWHERE';
/** The shops by the codes of their sales channels. */
export type ShopCode = 'shopify' | 'woo' | 'phone';

/** The organization that this run has set up, and the account that it works in. */
export type Company = {
  /** Stands in the names of everything at the simulator, so that runs do not meet there. */
  readonly tag: string;
  /** Whoever runs the account. */
  readonly api: Api;
  readonly organizationId: string;
  readonly accountId: string;
  readonly warehouses: Readonly<Record<WarehouseCode, string>>;
  readonly shops: Readonly<Record<ShopCode, string>>;
  /** A path of the account. */
  readonly at: (service: Service, path: string) => string;
};

/** Whether it is about a step or about the whole, people read it as it comes. */
export type Say = (line: string) => void;

export const warehousePlace = (tag: string, code: string): string => `${tag}-${code}`;
export const shopPlace = (tag: string, code: string): string => `${tag}-${code}`;

/** Runs a job of the account now. */
export const runJob = ({ api, accountId, at }: Company, service: Service, kind: string, placeId: string): Promise<unknown> =>
  api.post(at(service, `/jobs/${kind}/${encodeURIComponent(`${accountId}/${placeId}`)}/run`));
