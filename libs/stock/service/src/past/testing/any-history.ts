import type { WrittenDown } from '@stockproof/projections/testing';
import { testAccount as accountId, testOrganization as organizationId } from '@stockproof/projections/testing';
import { attemptKey, itemDecider, type Item, type ItemCommand, type ItemEvent, type WarehouseEvent } from '@stockproof/stock-domain';
import { derivedId, plusMs, skuKey, type Instant } from '@stockproof/vocabulary';
import fc from 'fast-check';

export const physical = ['north', 'south', 'west'].map((name) => derivedId(name));
export const virtual = ['both', 'all'].map((name) => derivedId(name));
export const skus = ['Tea', 'rum'];
const orders = ['1', '2', '3'].map((name) => derivedId('order', name));

const kinds = [
  ...(['adjust', 'adjust', 'aside', 'report', 'report', 'grant', 'grant', 'hold', 'hold', 'swap', 'swap'] as const),
  ...(['accept', 'ship', 'ship', 'ship', 'release', 'close', 'expect', 'receive', 'members', 'enable', 'disable'] as const),
];

/** Something that may happen next. What the decider refuses did not. */
export type Step = {
  readonly kind: (typeof kinds)[number];
  readonly a: number;
  readonly b: number;
  readonly quantity: number;
  /** How long ago it happened; negative: it claims to lie ahead. */
  readonly agoMs: number;
  /** Since the step before; 0: in the same millisecond. */
  readonly laterMs: number;
  /** From its decision until it was recorded. */
  readonly recordedMs: number;
};

const anyAgo = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 6 * 86_400_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -240_000, max: -1 }) },
);

export const anySteps = (length: { readonly min: number; readonly max: number }): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      a: fc.nat(5),
      b: fc.nat(5),
      quantity: fc.integer({ min: 1, max: 9 }),
      agoMs: anyAgo,
      laterMs: fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 86_400_000 })),
      recordedMs: fc.constantFrom(0, 0, 1, 3),
    }),
    { minLength: length.min, maxLength: length.max },
  );

const start: Instant = '2026-01-01T00:00:00.000Z';

/** What the deciders make of these steps, with the times at which it was recorded. */
export const historyOf = (steps: readonly Step[]): readonly WrittenDown[] => {
  const telling = new Telling();
  telling.warehouses();
  telling.goods();
  for (const step of steps) telling.step(step);
  return telling.written;
};

const pick = <T>(from: readonly T[], index: number): T => {
  const found = from[index % from.length];
  if (found === undefined) throw new RangeError('There is nothing to choose from.');
  return found;
};

const heldIn = (item: Item, index: number) => {
  const held = [...item.grants.values()].filter((grant) => grant.kind === 'hold');
  return held[index % Math.max(1, held.length)];
};

/** Holds have odd numbers and allocations even ones; what was closed is never granted again. */
const openAttempt = (item: Item, orderId: string, from: number): number =>
  item.closed.has(attemptKey({ orderId, attempt: from })) ? openAttempt(item, orderId, from + 2) : from;

type GrantStep = Pick<Step, 'a' | 'b' | 'quantity'> & { readonly kind: 'grant' | 'hold' | 'swap' };

class Telling {
  readonly written: WrittenDown[] = [];
  private readonly items = new Map(skus.map((sku) => [sku, itemDecider.initialState()]));
  private now = start;
  private recordedAt = start;
  private sequence = 0;
  private readonly attempts = new Map<string, number>();

  warehouses(): void {
    this.members(0, [0, 1]);
    this.enable(0);
  }

  /** Something to promise. */
  goods(): void {
    for (const [sku, item] of this.items)
      for (const warehouseId of physical)
        this.decide(sku, item, {
          type: 'AdjustStock',
          data: { sku, now: start, at: start, warehouseId, by: 25, reason: 'found', note: null, reference: null },
        });
  }

  step(step: Step): void {
    const { kind, a, b } = step;
    this.now = plusMs(this.now, step.laterMs);
    const recorded = plusMs(this.now, step.recordedMs);
    if (recorded > this.recordedAt) this.recordedAt = recorded;
    if (kind === 'members') return this.members(a % virtual.length, b % 2 === 0 ? [b % 3, (b + 1) % 3] : [0, 1, 2]);
    if (kind === 'enable') return this.enable(a % virtual.length);
    if (kind === 'disable') return this.disable(a % virtual.length);
    const sku = pick(skus, a);
    const item = this.items.get(sku) ?? itemDecider.initialState();
    const command = this.command(step, sku, item);
    if (command) this.decide(sku, item, command);
  }

  private decide(sku: string, item: Item, command: ItemCommand): void {
    const decision = itemDecider.decide(command, item);
    if (decision.outcome === 'rejected') return;
    for (const event of decision.events) {
      this.items.set(sku, itemDecider.evolve(item, structuredClone(event) as ItemEvent));
      this.write(`stock.item-${accountId}-${skuKey(sku)}`, event);
    }
  }

  private command({ kind, a, b, quantity, agoMs }: Step, sku: string, item: Item): ItemCommand | null {
    const [warehouseId, at, now] = [pick(physical, b), plusMs(this.now, -agoMs), this.now];
    const open = [...item.allocations.values()];
    const one = open.length === 0 ? null : pick(open, b);
    const common = { sku, now };
    const by = a % 3 === 0 ? -quantity : quantity * 3;
    switch (kind) {
      case 'adjust':
        return { type: 'AdjustStock', data: { ...common, warehouseId, by, reason: 'counted', note: null, reference: 'x', at } };
      case 'aside':
        return {
          type: 'SetAsideStock',
          data: { ...common, warehouseId, by: a % 3 === 0 ? -1 : 1, reason: 'damaged', reference: null, at },
        };
      case 'report':
        return {
          type: 'ReportStockLevel',
          data: {
            ...common,
            ...{ reportId: derivedId('report', this.written.length), source: 'file', warehouseId, takenAt: at },
            ...{ meaning: a % 2 === 0 ? 'on-hand' : 'available', reported: quantity * 3 },
          },
        };
      case 'grant':
      case 'hold':
      case 'swap':
        return this.grant({ kind, a, b, quantity }, sku, item);
      case 'accept':
        return one && { type: 'AcceptUnits', data: { ...common, orderId: one.orderId, allocationIds: [one.allocationId], at } };
      case 'ship': {
        if (!one) return null;
        const { orderId, allocationId } = one;
        const shipped = one.shipped + Math.min(quantity, one.quantity);
        return { type: 'ShipUnits', data: { ...common, orderId, allocationId, warehouseId: one.warehouseId, shipped, at } };
      }
      case 'release':
        return one && { type: 'ReleaseUnits', data: { ...common, orderId: one.orderId, allocationId: one.allocationId, reason: 'x', at } };
      case 'close':
        return { type: 'CloseGrant', data: { ...common, orderId: pick(orders, b), attempt: 1 + (a % 3) } };
      case 'expect':
        return {
          type: 'ExpectGoods',
          data: { ...common, purchaseOrderId: derivedId('po', b), lineId: '1', warehouseId, expected: quantity },
        };
      case 'receive':
        return {
          type: 'ReceiveGoods',
          data: {
            ...common,
            ...{ purchaseOrderId: derivedId('po', b), lineId: '1', receiptId: derivedId('receipt', this.written.length) },
            ...{ warehouseId, quantity, at },
          },
        };
      case 'members':
      case 'enable':
      case 'disable':
        return null;
    }
  }

  /** A hold, an allocation, or one that takes the place of a hold; of an attempt that is not closed yet. */
  private grant({ kind, a, b, quantity }: GrantStep, sku: string, item: Item): ItemCommand | null {
    const swapped = kind === 'swap' ? heldIn(item, b) : null;
    if (swapped === undefined) return null;
    const orderId = swapped?.orderId ?? pick(orders, b);
    const attempt = openAttempt(item, orderId, kind === 'hold' ? 1 : 2);
    const id = `${sku} ${orderId} ${attempt}`;
    const plan = (this.attempts.get(id) ?? 0) + 1;
    this.attempts.set(id, plan);
    const granted = [a, a + 1].slice(0, 1 + (quantity % 2)).map((place, index) => ({
      // The first keeps its id from plan to plan, as a later plan may keep what does not change.
      allocationId: derivedId('allocation', id, index === 0 ? 0 : plan, pick(physical, place)),
      shipmentId: derivedId('shipment', id, pick(physical, place)),
      lineId: String(index + 1),
      warehouseId: pick(physical, place),
      quantity,
    }));
    return {
      type: 'GrantUnits',
      data: {
        ...{ sku, now: this.now, orderId, attempt, kind: kind === 'hold' ? 'hold' : 'allocate', plan, granted },
        ...{ swapHold: swapped?.attempt ?? null, seenOpenAt: this.now },
      },
    };
  }

  private members(index: number, of: readonly number[]): void {
    const members = of.map((place) => pick(physical, place));
    this.hear({ type: 'WarehouseMembersReplaced', data: { organizationId, warehouseId: pick(virtual, index), members, ...this.said() } });
  }

  private enable(index: number): void {
    const warehouseId = pick(virtual, index);
    this.hear({
      type: 'WarehouseEnabledForAccount',
      data: { accountId, warehouseId, code: `V${index}`, kind: 'virtual', members: [], ...this.said() },
    });
  }

  private disable(index: number): void {
    this.hear({ type: 'WarehouseDisabledForAccount', data: { accountId, warehouseId: pick(virtual, index), ...this.said() } });
  }

  private said(): { readonly sequence: number; readonly decidedAt: Instant } {
    return { sequence: ++this.sequence, decidedAt: this.now };
  }

  private hear(event: WarehouseEvent): void {
    const owner = 'organizationId' in event.data ? organizationId : accountId;
    this.write(`stock.warehouse-${owner}-${event.data.warehouseId}`, event, 'organizationId' in event.data ? { accountId: null } : {});
  }

  private write(stream: string, event: ItemEvent | WarehouseEvent, meta: NonNullable<WrittenDown['meta']> = {}): void {
    this.written.push({ type: event.type, data: structuredClone(event.data), stream, recordedAt: this.recordedAt, meta });
  }
}
