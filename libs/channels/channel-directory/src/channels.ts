import type { JsonObject } from '@stockproof/decider';
import type { FulfillmentCapability, FulfillmentChannel, WarehouseFact } from '@stockproof/fulfillment-channel';
import type { SalesCapability, SalesChannel, ShopFact } from '@stockproof/sales-channel';
import type { FulfillmentChannelV1, SalesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import type { AccountId } from '@stockproof/vocabulary';

/** What stands behind a physical warehouse of an account, as tenancy last said it. */
export type WarehousePlace = {
  readonly accountId: AccountId;
  readonly organizationId: string;
  readonly warehouseId: string;
  readonly setUp: FulfillmentChannelV1;
};

/** A shop of an account, as tenancy last said it. */
export type ShopPlace = {
  readonly accountId: AccountId;
  readonly organizationId: string;
  readonly channelId: string;
  readonly setUp: SalesChannelCreatedV1;
};

/** How far earlier runs came, and a way to say how far this one is. */
export type JobRun = {
  readonly cursor: JsonObject | null;
  readonly progress: (done: number, of: number | null) => Promise<void>;
};

/** What comes of a run: where the next one goes on. */
export type JobResult = { readonly cursor: JsonObject | null };

/**
 * One kind of job that this service does for every channel of its side. `kind` is one of tenancy's names of jobs; `needs` is what the
 * connector must be able to do: without it the job is not offered; `everyMs` holds where the channel says nothing else, and may follow
 * from what the shop was set up to; null: only when asked for.
 */
export type WarehouseJob = {
  readonly kind: string;
  readonly needs: FulfillmentCapability;
  readonly everyMs: number | null;
  readonly run: (place: WarehousePlace & { readonly channel: FulfillmentChannel }, run: JobRun) => Promise<JobResult>;
};
export type ShopJob = {
  readonly kind: string;
  readonly needs: SalesCapability;
  readonly everyMs: number | null | ((setUp: SalesChannelCreatedV1) => number);
  readonly run: (place: ShopPlace & { readonly channel: SalesChannel }, run: JobRun) => Promise<JobResult>;
};

/** `unknown`: it is about something that is not known here. */
export type FactTaken = 'applied' | 'unknown';

/** The channels of all accounts, as this service reaches them. Jobs and push handlers are registered before the service starts. */
export type Channels = {
  readonly onWarehouseJob: (job: WarehouseJob) => void;
  readonly onShopJob: (job: ShopJob) => void;
  readonly onWarehousePush: <Kind extends WarehouseFact['kind']>(
    kind: Kind,
    take: (fact: Extract<WarehouseFact, { readonly kind: Kind }>, place: WarehousePlace) => Promise<FactTaken>,
  ) => void;
  readonly onShopPush: <Kind extends ShopFact['kind']>(
    kind: Kind,
    take: (fact: Extract<ShopFact, { readonly kind: Kind }>, place: ShopPlace) => Promise<FactTaken>,
  ) => void;
  /** Due at once; nothing where the channel has no such job. */
  readonly runSoon: (kind: string, accountId: AccountId, placeId: string) => Promise<void>;
  /** `null`: not heard of, or no longer there. */
  readonly warehouse: (accountId: AccountId, warehouseId: string) => Promise<WarehousePlace | null>;
  readonly shop: (accountId: AccountId, channelId: string) => Promise<ShopPlace | null>;
  readonly warehouses: (accountId: AccountId) => Promise<readonly WarehousePlace[]>;
  readonly shops: (accountId: AccountId) => Promise<readonly ShopPlace[]>;
  /** Opens what stands behind it; throws `ChannelNotUsable` with a sentence that jobs show. `null`: nothing stands behind this warehouse. */
  readonly openWarehouse: (place: WarehousePlace) => FulfillmentChannel | null;
  readonly openShop: (place: ShopPlace) => SalesChannel;
};

/** Says in a sentence what is wrong with a channel: its set-up, its status, or that this process knows no such connector. */
export class ChannelNotUsable extends Error {
  override readonly name = 'ChannelNotUsable';
}
