import type { SalesChannel } from '@stockproof/tenancy-domain';
import { carrierServiceOf } from './channel-work.requests';
import type { StockPublicationRequest } from './sales-channel-parts.requests';
import type { SalesChannelSettings } from './sales-channels.requests';

type Changes = Partial<Omit<SalesChannel, 'channelId' | 'code' | 'connector'>>;

const publicationOf = ({ mode, rules }: StockPublicationRequest): SalesChannel['stockPublication'] => ({
  mode,
  rules: rules.map(({ warehouseId, buffer, percentage, cap, excludedSkus }) => ({ warehouseId, buffer, percentage, cap, excludedSkus })),
});

/** What a request says about a sales channel, as plain data and without what it does not say. */
export const sentChanges = (body: SalesChannelSettings & { readonly name?: string; readonly status?: SalesChannel['status'] }): Changes => {
  const { name, status, endpointUrl, defaultOrderStatus, holdDelayMs, publishedWarehouses, jobPeriodsMs } = body;
  const all = {
    ...{ name, status, endpointUrl, defaultOrderStatus, holdDelayMs, publishedWarehouses, jobPeriodsMs },
    carrierMappings: body.carrierMappings?.map((mapping) => ({ theirs: mapping.theirs, ...carrierServiceOf(mapping) })),
    warehouseMappings: body.warehouseMappings?.map(({ theirs, warehouseId }) => ({ theirs, warehouseId })),
    stockPublication: body.stockPublication && publicationOf(body.stockPublication),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};
