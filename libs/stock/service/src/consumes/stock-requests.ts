import { accountOf } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import {
  allocationRequestedV1,
  allocationWithdrawnV1,
  shipmentAcceptedV1,
  unitsReleasedV1,
  unitsShippedV1,
  type AllocationRequestedV1,
} from '@stockproof/sales-contracts';
import { planOverdueV1, stockRoseV1 } from '@stockproof/stock-contracts';
import type { Wanted } from '@stockproof/stock-domain';
import { instantOf, skuKey } from '@stockproof/vocabulary';
import type { StockRequest } from '../allocation/allocator';
import type { Cause } from '../allocation/attempt-try';

/** What a message of the request topic asks; `null` for kinds that do not concern stock. Throws where its shape is wrong. */
export const stockRequestOf = (message: DeliveredMessage): StockRequest | null => {
  const cause = causeOf(message);
  switch (message.type) {
    case allocationRequestedV1.type: {
      const { orderId, attempt, wanted } = allocationRequestedV1.schema.parse(message.data);
      return { asks: 'allocation', toTry: { orderId, attempt, wanted: wantedOf(wanted), cause } };
    }
    case allocationWithdrawnV1.type:
      return { asks: 'withdrawal', of: { ...allocationWithdrawnV1.schema.parse(message.data), cause } };
    case shipmentAcceptedV1.type: {
      const { acceptedAt, ...rest } = shipmentAcceptedV1.schema.parse(message.data);
      return { cause, asks: 'units', fact: { ...rest, fact: 'accepted', at: instantOf(acceptedAt) } };
    }
    case unitsShippedV1.type: {
      const { shippedAt, ...rest } = unitsShippedV1.schema.parse(message.data);
      return { cause, asks: 'units', fact: { ...rest, fact: 'shipped', at: instantOf(shippedAt) } };
    }
    case unitsReleasedV1.type: {
      const { releasedAt, ...rest } = unitsReleasedV1.schema.parse(message.data);
      return { cause, asks: 'units', fact: { ...rest, fact: 'released', at: instantOf(releasedAt) } };
    }
    case stockRoseV1.type:
      return { cause, asks: 'wake', ...stockRoseV1.schema.parse(message.data) };
    case planOverdueV1.type: {
      const { revision, ...of } = planOverdueV1.schema.parse(message.data);
      return { asks: 'finish', of: { ...of, cause }, revision };
    }
    default:
      return null;
  }
};

const causeOf = (message: DeliveredMessage): Cause => ({ ...message, accountId: accountOf(message) });

/** Two spellings of one SKU are one: the first stands for both, since one item decides about them together. */
const spelledAlike = <Line extends { readonly sku: string }>(lines: readonly Line[]): readonly Line[] => {
  const first = new Map<string, string>();
  for (const { sku } of lines) if (!first.has(skuKey(sku))) first.set(skuKey(sku), sku);
  return lines.map((line) => ({ ...line, sku: first.get(skuKey(line.sku)) ?? line.sku }));
};

const wantedOf = ({ lines, orderDate, arrivedAt, settings, moves, ...rest }: AllocationRequestedV1['wanted']): Wanted => ({
  ...rest,
  ...(moves === undefined ? {} : { moves }),
  settings: settingsOf(settings),
  orderDate: instantOf(orderDate),
  arrivedAt: instantOf(arrivedAt),
  lines: spelledAlike(lines).map(({ lineId, sku, quantity, candidates }) => ({
    lineId,
    sku,
    quantity,
    ...(candidates === undefined ? {} : { candidates }),
  })),
});

const settingsOf = ({ strictOrder, ...settings }: AllocationRequestedV1['wanted']['settings']): Wanted['settings'] => ({
  ...settings,
  ...(strictOrder === true ? { strictOrder } : {}),
});
