import { allEnded, refusalOf } from '@stockproof/bus-transport';
import type { ItemCommand } from '@stockproof/stock-domain';
import type { Instant, Sku } from '@stockproof/vocabulary';
import { itemStream } from '../stock.streams';
import { stepContext, type Cause } from './attempt-try';
import type { AllocationTools } from './granting';

/** What happened to promised units, as sales heard it from the warehouse or from a person. */
export type UnitsFact = { readonly orderId: string; readonly shipmentId: string; readonly at: Instant } & (
  | { readonly fact: 'accepted'; readonly units: readonly { readonly allocationId: string; readonly sku: Sku }[] }
  | {
      readonly fact: 'shipped';
      readonly warehouseId: string;
      readonly units: readonly { readonly allocationId: string; readonly sku: Sku; readonly shipped: number }[];
    }
  | { readonly fact: 'released'; readonly reason: string; readonly units: readonly { readonly allocationId: string; readonly sku: Sku }[] }
);

/** What is said of units of an allocation that stock has never heard of can never come true. */
export class UnknownUnits extends Error {
  constructor(
    readonly because: Cause,
    allocationId: string,
  ) {
    super(`allocation ${allocationId} is unknown`);
  }
}

/** Facts of one order in their order, those of different orders side by side. */
export const applyUnits = async (
  tools: AllocationTools,
  facts: readonly { readonly fact: UnitsFact; readonly cause: Cause }[],
): Promise<void> => {
  const byOrder = new Map<string, { readonly fact: UnitsFact; readonly cause: Cause }[]>();
  for (const each of facts) byOrder.set(each.fact.orderId, [...(byOrder.get(each.fact.orderId) ?? []), each]);
  await allEnded(
    [...byOrder.values()].map(async (ofOrder) => {
      for (const each of ofOrder) await applyFact(tools, each.fact, each.cause);
    }),
  );
};

const applyFact = async (tools: AllocationTools, fact: UnitsFact, cause: Cause): Promise<void> => {
  await allEnded(
    commandsOf(fact, tools.clock.now()).map(async ({ command, step }) => {
      const handled = await tools.streams.items.handle(itemStream(cause.accountId, command.data.sku), command, stepContext(cause, ...step));
      if (handled.outcome === 'accepted') return;
      if (handled.rejection.type === 'AllocationUnknown') throw new UnknownUnits(cause, handled.rejection.allocationId);
      throw refusalOf(handled.rejection, `${command.type} of order ${fact.orderId}`);
    }),
  );
};

type Stepped = { readonly command: ItemCommand; readonly step: readonly (string | number)[] };

const commandsOf = (fact: UnitsFact, now: Instant): readonly Stepped[] => {
  const { orderId, shipmentId, at } = fact;
  switch (fact.fact) {
    case 'accepted':
      return [...new Set(fact.units.map((unit) => unit.sku))].map((sku) => ({
        command: {
          type: 'AcceptUnits',
          data: { sku, now, orderId, at, allocationIds: fact.units.filter((unit) => unit.sku === sku).map((unit) => unit.allocationId) },
        },
        step: ['accept', shipmentId, sku],
      }));
    case 'shipped':
      return fact.units.map(({ allocationId, sku, shipped }) => ({
        command: { type: 'ShipUnits', data: { sku, now, orderId, allocationId, warehouseId: fact.warehouseId, shipped, at } },
        step: ['ship', allocationId, shipped],
      }));
    case 'released':
      return fact.units.map(({ allocationId, sku }) => ({
        command: { type: 'ReleaseUnits', data: { sku, now, orderId, allocationId, reason: fact.reason, at } },
        step: ['release', allocationId],
      }));
  }
};
