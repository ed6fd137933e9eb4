import fc from 'fast-check';
import { succeed } from './http-client';
import { eventually, placeOrder, type Merchant } from './merchant';
import { orderWhen } from './order-desk';
import type { Simulator } from './simulator';
import { journalOf, type WarehouseSystem } from './warehouse-system';

export const skus = ['TEA', 'CUP'];
export const stockAtFirst = 100;

/** What happens next somewhere, and how late whoever is to know of it is told, perhaps twice. */
type Step = {
  readonly what: 'leaves' | 'arrives' | 'is corrected' | 'is pushed' | 'is reported by hand';
  readonly which: number;
  readonly quantity: number;
  readonly delayMs: number;
  readonly againMs: number | null;
};

/** Something that is told at a moment, once or twice. */
type Word = { readonly dueAt: number; readonly tell: () => Promise<void> };

const anyStep: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('leaves', 'leaves', 'arrives', 'is corrected', 'is pushed', 'is reported by hand'),
  which: fc.nat(10_000),
  quantity: fc.integer({ min: 1, max: 3 }),
  delayMs: fc.nat(2_500),
  againMs: fc.option(fc.nat(1_500)),
});

/** The same steps for the same seed; when the product fetches levels in between is up to its clock. */
export const stepsOf = (seed: number, count: number): readonly Step[] =>
  fc.sample(fc.array(anyStep, { minLength: count, maxLength: count }), { seed, numRuns: 1 })[0] ?? [];

export type Place = { readonly code: 'NORTH' | 'SOUTH'; readonly system: WarehouseSystem };
type Shipment = { readonly id: string; readonly place: Place; readonly sku: string; open: number };
type Purchase = { readonly id: string; readonly place: Place; readonly sku: string; open: number };

/** Units that moved and that the product was never told of. */
export type Withheld = { readonly sku: string; readonly warehouse: string; readonly quantity: number };

/** Two warehouses with shipments on the floor and purchase orders under way, before anything moves or is reported. */
export const openDay = async (merchant: Merchant, simulator: Simulator, places: readonly Place[]) => {
  const cells = places.flatMap((place) => skus.map((sku) => ({ place, sku })));
  for (const { system } of places) await system.byHand('PUT', '/stock', { rows: skus.map((sku) => ({ sku, quantity: stockAtFirst })) });
  const shipments: Shipment[] = await Promise.all(
    [...cells, ...cells].map(async ({ place, sku }, index) => {
      const lines = [{ sku, quantity: 6 }];
      const order = { orderNumber: `DAY-${index}-WAIT`, warehouseId: merchant.warehouses[place.code], lines };
      const seen = await orderWhen(
        merchant,
        await placeOrder(merchant, order),
        (each) => each.shipments[0]?.status === 'sent-to-warehouse',
      );
      return { id: seen.shipments[0]?.shipmentId ?? '', place, sku, open: 6 };
    }),
  );
  const purchases: Purchase[] = await Promise.all(
    cells.map(async ({ place, sku }, index) => {
      const content = { number: `IN-${index}-WAIT`, supplier: { code: 'ACME', name: 'Acme' }, lines: [{ sku, quantity: 9 }] };
      const created = await eventually(
        () => merchant.post('purchasing', '/purchase-orders', { ...content, warehouseId: merchant.warehouses[place.code] }),
        ({ status }) => status === 201,
      );
      const id = String(created.body['purchaseOrderId']);
      await eventually(
        () => merchant.get('purchasing', `/purchase-orders/${id}`),
        ({ body }) => body['status'] === 'receiving',
      );
      return { id, place, sku, open: 9 };
    }),
  );
  return { merchant, simulator, cells, shipments, purchases };
};

type Day = Awaited<ReturnType<typeof openDay>>;

/** Lives through the steps and tells what is to be told when it is due, in whatever order that is; of one flow nothing is ever told if one is to be withheld. */
export const live = async (day: Day, steps: readonly Step[], { withhold }: { readonly withhold: boolean }): Promise<Withheld | null> => {
  const words: Word[] = [];
  let withheld: Withheld | null = null;
  const say = ({ delayMs, againMs }: Step, tell: () => Promise<void>): void => {
    const dueAt = Date.now() + delayMs;
    words.push({ dueAt, tell }, ...(againMs === null ? [] : [{ dueAt: dueAt + againMs, tell }]));
  };
  const tellDue = async (now: number): Promise<void> => {
    const due = words.filter((word) => word.dueAt <= now).toSorted((one, other) => one.dueAt - other.dueAt);
    for (const word of due) words.splice(words.indexOf(word), 1);
    for (const { tell } of due) await tell();
  };
  for (const [index, step] of steps.entries()) {
    const happened = await happen(day, step);
    if (happened?.flow && withhold && withheld === null && index >= steps.length / 3) withheld = happened.flow;
    else if (happened) say(step, happened.tell);
    await tellDue(Date.now());
  }
  while (words.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await tellDue(Date.now());
  }
  return withheld;
};

type Happened = {
  readonly tell: () => Promise<void>;
  /** Only of what may be withheld: nothing that is told later says it as well. */
  readonly flow?: Withheld;
};

const happen = async (day: Day, step: Step): Promise<Happened | null> => {
  switch (step.what) {
    case 'leaves':
      return leave(day, step);
    case 'arrives':
      return arrive(day, step);
    case 'is corrected':
      return correct(day, step);
    case 'is pushed':
    case 'is reported by hand':
      return count(day, step);
  }
};

const chosen = <Thing>(things: readonly Thing[], { which }: Step): Thing | undefined => things[which % Math.max(1, things.length)];

const leave = async ({ shipments }: Day, step: Step): Promise<Happened | null> => {
  const shipment = chosen(
    shipments.filter(({ open }) => open > 0),
    step,
  );
  if (shipment === undefined) return null;
  const { system } = shipment.place;
  const quantity = Math.min(step.quantity, shipment.open);
  shipment.open -= quantity;
  const completion = shipment.open === 0 ? 'complete' : 'more-expected';
  await system.byHand('POST', `/shipments/${shipment.id}/ship`, { quantities: { 1: quantity }, completion });
  const update = await lastIn(system, '/shipment-updates');
  return { tell: () => push(system, update, 'shipment-update') };
};

const arrive = async ({ purchases, merchant }: Day, step: Step): Promise<Happened | null> => {
  const purchase = chosen(
    purchases.filter(({ open }) => open > 0),
    step,
  );
  if (purchase === undefined) return null;
  const { place, sku } = purchase;
  const quantity = Math.min(step.quantity, purchase.open);
  purchase.open -= quantity;
  await place.system.byHand('POST', `/purchase-orders/${purchase.id}/receive`, { quantities: { 1: quantity }, final: false });
  const receipt = await lastIn(place.system, '/receipts');
  return {
    tell: () => push(place.system, receipt, 'receipt'),
    flow: { sku, warehouse: merchant.warehouses[place.code], quantity },
  };
};

/** Some are found or lost: there at once, here when somebody says so. */
const correct = async ({ cells, merchant, simulator }: Day, step: Step): Promise<Happened | null> => {
  const cell = chosen(cells, step);
  if (cell === undefined) return null;
  const { place, sku } = cell;
  const by = step.which % 2 === 0 ? step.quantity : -step.quantity;
  const there = (await place.system.onHand()) as Readonly<Record<string, number>>;
  await place.system.byHand('PUT', '/stock', { rows: [{ sku, quantity: (there[sku] ?? 0) + by }] });
  const happenedAt = (await journalOf(simulator, place.system)).at(-1)?.at;
  const warehouseId = merchant.warehouses[place.code];
  const body = { sku, warehouseId, by, reason: by > 0 ? 'found' : 'lost', happenedAt };
  const key = `correction-${sku}-${happenedAt}`;
  return {
    tell: async () => void (await succeed(merchant.post('stock', '/adjustments', body, key))),
    flow: { sku, warehouse: warehouseId, quantity: by },
  };
};

/** The warehouse counts now and says so later: by itself, or by somebody who types it in. */
const count = async ({ cells, merchant }: Day, step: Step): Promise<Happened | null> => {
  const place = chosen(cells, step)?.place;
  if (place === undefined) return null;
  const report = await place.system.byHand('GET', '/stock-levels');
  if (step.what === 'is pushed') return { tell: () => push(place.system, report, 'stock-levels') };
  const body = { ...report, warehouseId: merchant.warehouses[place.code] };
  return { tell: async () => void (await succeed(merchant.post('stock', '/level-reports', body))) };
};

const lastIn = async (system: WarehouseSystem, feed: string): Promise<Record<string, unknown>> => {
  const { items } = await system.byHand('GET', `${feed}?limit=1000`);
  return (items as readonly Record<string, unknown>[]).at(-1) ?? {};
};

const push = async (system: WarehouseSystem, what: object, type: 'shipment-update' | 'receipt' | 'stock-levels'): Promise<void> => {
  const answer = await system.push(what, { type });
  if (answer[0] !== 200) throw new Error(`${type} was not taken: ${JSON.stringify(answer)}`);
};
