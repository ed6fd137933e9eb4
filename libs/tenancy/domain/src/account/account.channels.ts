import type { FulfillmentChannel, SalesChannel } from './account.events';

/** How a sales channel works until somebody says otherwise, and how one worked that was told of before this could be said. */
export const salesChannelWork = {
  status: 'active',
  jobPeriodsMs: {},
  carrierMappings: [],
  warehouseMappings: [],
  stockPublication: { mode: 'off', rules: [] },
} as const satisfies Partial<SalesChannel>;

/** The same for what stands behind a warehouse. */
export const fulfillmentChannelWork = {
  status: 'active',
  jobPeriodsMs: {},
  carrierMappings: [],
} as const satisfies Partial<FulfillmentChannel>;

/** A sales channel as an event of any age has it, with all that can be said of one today. */
export const completeSalesChannel = <Channel extends SalesChannel>(told: Channel): Channel => ({ ...salesChannelWork, ...told });

/** The same for a fulfillment channel. */
export const completeFulfillmentChannel = (told: FulfillmentChannel): FulfillmentChannel => ({ ...fulfillmentChannelWork, ...told });
