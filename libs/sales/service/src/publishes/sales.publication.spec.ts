import type { RecordedEvent } from '@stockproof/event-store';
import * as contracts from '@stockproof/sales-contracts';
import { salesOrderEventsTopic, stockRequestsTopic } from '@stockproof/sales-contracts';
import { statusOf, type SalesOrderEvent } from '@stockproof/sales-domain';
import { anySteps, told, type Step } from '@stockproof/sales-domain/testing';
import fc from 'fast-check';
import { FollowedOrder } from '../testing/followed-order';
import { salesPublication } from './sales.publication';

type Contract = { readonly type: string; readonly schema: { parse: (data: unknown) => unknown } };
const known = Object.values(contracts).filter(
  (each): each is Extract<typeof each, Contract> => typeof each === 'object' && 'schema' in each,
);

const now = '2026-01-10T12:00:00.000Z';
const shipment = { orderId: 'o', decidedAt: now, shipmentId: 's', warehouseId: 'north', at: now };
const units = [{ allocationId: 'a', sku: 'tea' }];
const left = [{ allocationId: 'a', sku: 'tea', lineId: '1', shipped: 2 }];

describe('what sales tells others', () => {
  const rows: readonly (readonly [event: SalesOrderEvent, tells: readonly string[]])[] = [
    [{ type: 'ShipmentAcceptedByWarehouse', data: { ...shipment, externalId: null, units, warnings: [] } }, ['shipment-accepted']],
    [
      { type: 'ShipmentUnitsLeft', data: { ...shipment, updateId: 'u', units: left, packages: [], complete: true } },
      ['units-shipped', 'shipment-units-left'],
    ],
    [
      {
        type: 'ShipmentUnitsLeft',
        data: {
          ...shipment,
          updateId: 'u',
          units: [],
          packages: [{ packageId: 'p', tracking: null, carrier: null, service: null, weightG: null }],
          complete: false,
        },
      },
      ['shipment-units-left'],
    ],
    [
      { type: 'ShipmentUnitsLeft', data: { ...shipment, updateId: 'u', units: [], packages: [], complete: false, earlier: left } },
      ['units-shipped'],
    ],
    [
      {
        type: 'ShipmentConflictFound',
        data: { ...shipment, updateId: 'u', problem: 'left-after-end', sku: 'tea', units: left, message: null },
      },
      ['units-shipped'],
    ],
    [
      {
        type: 'ShipmentConflictFound',
        data: { ...shipment, updateId: 'u', problem: 'unknown-line', sku: 'gin', units: [], message: null },
      },
      [],
    ],
    [
      { type: 'ShipmentClosedShort', data: { ...shipment, by: 'person', units, status: 'shipped' } },
      ['units-released', 'shipment-closed-short'],
    ],
    [
      { type: 'ShipmentClosedShort', data: { ...shipment, by: 'warehouse', units, status: 'cancelled' } },
      ['units-released', 'shipment-closed-short'],
    ],
    [{ type: 'ShipmentCancelled', data: { ...shipment, units } }, ['units-released', 'shipment-cancelled']],
    [{ type: 'AllocationTakenBack', data: { orderId: 'o', decidedAt: now, attempt: 1 } }, ['allocation-withdrawn']],
    [{ type: 'SalesOrderApproved', data: { orderId: 'o', decidedAt: now } }, ['sales-order-approved']],
    [{ type: 'ShipmentExportFailed', data: { ...shipment, reason: 'nobody answers' } }, []],
  ];

  it.each(rows.map(([event, tells]) => [event.type, tells, event] as const))('%s tells %j, as its contracts have it', (_, tells, event) => {
    expect(factsOf(event).map(({ type }) => type)).toEqual(tells.map((name) => `stockproof.sales.${name}.v1`));
    keepsToContracts(event);
  });

  it('keep to their contracts whatever happened to the order, and stay in its order, in one place for the account', () => {
    fc.assert(
      fc.property(anySteps, (steps: readonly Step[]) => void told(steps, () => undefined).forEach(keepsToContracts)),
      { numRuns: 60 },
    );
  });

  it('are looked for in every event that tells one', () => {
    for (const [event, tells] of rows) if (tells.length > 0) expect(salesPublication.handles).toContain(event.type);
    for (const type of ['AllocationAsked', 'SalesOrderCreated', 'ShipmentCreated']) expect(salesPublication.handles).toContain(type);
  });
});

describe('whoever follows an order from outside', () => {
  it('ends with its status and its shipments, whatever happened to it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anySteps, (steps: readonly Step[]) => {
        const followed = new FollowedOrder();
        let heard = 0;
        told(steps, (order, history) => {
          for (const event of history.slice(heard)) for (const fact of factsOf(event)) followed.hear(fact);
          heard = history.length;
          seen.add(statusOf(order));
          const shipments = [...order.shipments.values()].map(({ shipmentId, status }) => [shipmentId, status]);
          expect([followed.status(), followed.backordered, [...followed.shipments].map(([id, { status }]) => [id, status])]).toEqual([
            statusOf(order),
            order.backordered,
            shipments,
          ]);
        });
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(['approved', 'cancelled', 'draft', 'fulfilling', 'on-hold', 'partially-fulfilled', 'shipped']);
  });
});

function keepsToContracts(event: SalesOrderEvent): void {
  for (const { type, topic, subject, partitionKey, orderingKey, data } of factsOf(event)) {
    const place = topic === stockRequestsTopic ? ['shop', 'shop/o'] : [undefined, undefined];
    expect([subject, partitionKey, orderingKey]).toEqual(['o', ...place]);
    expect([stockRequestsTopic, salesOrderEventsTopic]).toContain(topic);
    // What parses to something else says more, or less, than the contract.
    expect(known.find((each) => each.type === type)?.schema.parse(data)).toEqual(data);
  }
}

function factsOf({ type, data }: SalesOrderEvent) {
  const meta = {
    commandId: 'c',
    correlationId: 'c',
    causationId: 'c',
    actor: 'service:sales',
    organizationId: 'acme',
    accountId: 'shop',
    effectiveAt: null,
    schemaVersion: 1,
  };
  const recorded: RecordedEvent = {
    id: 'e',
    type,
    data,
    stream: 'sales.salesOrder-shop-o',
    revision: 7,
    position: '7',
    recordedAt: now,
    meta,
  };
  return salesPublication.facts(recorded);
}
