import { A, adjusts, asks, B, confirms, movesAway, reports, withdraws, type Scenario } from './scenario';

/** Where units are promised and taken back. */
const granting = [
  { name: 'an order is withdrawn', stock: { tea: [1, 0] }, sales: [asks('o1', { tea: 1 }), withdraws('o1')], batch: 1 },
  {
    name: 'an order is withdrawn, and an owner sleeps for an hour',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 1 }), withdraws('o1')],
    atOnce: 2,
    anHour: true,
    batch: 1,
  },
  {
    name: 'the last unit: two orders want it, the first takes its wish back',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 1 }), asks('o2', { tea: 1 }), withdraws('o1')],
    atOnce: 2,
    batch: 1,
  },
  {
    name: 'the last unit, in one batch',
    stock: { tea: [0, 1] },
    sales: [asks('o1', { tea: 1 }), asks('o2', { tea: 1 }), withdraws('o1')],
    atOnce: 3,
    batch: 3,
  },
  {
    name: 'two SKUs, one in each warehouse, withdrawn',
    stock: { tea: [1, 0], cup: [0, 1] },
    sales: [asks('o1', { tea: 1, cup: 1 }), withdraws('o1')],
    atOnce: 2,
    batch: 1,
  },
  {
    name: 'two SKUs, and a person takes one of them from under the plan',
    stock: { tea: [1, 0], cup: [1, 1] },
    sales: [asks('o1', { tea: 1, cup: 1 })],
    deeds: [adjusts('cup', -1)],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'two orders over two SKUs in two warehouses, and a withdrawal',
    stock: { tea: [1, 0], cup: [0, 1] },
    sales: [asks('o1', { tea: 1, cup: 1 }), asks('o2', { tea: 1, cup: 1 }), withdraws('o1')],
    atOnce: 3,
    batch: 1,
    inTurn: ['o1', 'o2'],
  },
  {
    name: 'two orders over two SKUs in two warehouses side by side, and a unit comes',
    stock: { tea: [1, 1], cup: [1, 0] },
    sales: [asks('o1', { tea: 1, cup: 1 }), asks('o2', { tea: 1, cup: 1 }), withdraws('o1')],
    deeds: [adjusts('cup', 1, B)],
    atOnce: 2,
    batch: 2,
  },
  {
    name: 'two lines of one SKU are their sum',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 1, Tea: 1 }), asks('o2', { tea: 1 })],
    deeds: [adjusts('tea', 1)],
    atOnce: 2,
    batch: 2,
  },
] as const satisfies readonly Scenario[];

/** Where orders wait. */
const waiting = [
  { name: 'an order waits for what comes', stock: { tea: [0, 0] }, sales: [asks('o1', { tea: 1 })], deeds: [adjusts('tea', 1)], batch: 1 },
  {
    name: 'two wait, one unit comes',
    stock: { tea: [0, 0] },
    sales: [asks('o1', { tea: 1 }), asks('o2', { tea: 1 })],
    deeds: [adjusts('tea', 1)],
    atOnce: 2,
    batch: 2,
    inTurn: ['o1', 'o2'],
  },
  {
    name: 'an order waits for two SKUs, another wants one of them',
    stock: { tea: [0, 0], cup: [1, 0] },
    sales: [asks('o1', { tea: 1, cup: 1 }), asks('o2', { cup: 1 })],
    deeds: [adjusts('tea', 1)],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'a part may go: the rest waits for nothing',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 2 }, { settings: { partial: true, allowLineSplit: true } }), withdraws('o1')],
    deeds: [adjusts('tea', 1, B)],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'what comes is taken again',
    stock: { tea: [0, 0] },
    sales: [asks('o1', { tea: 1 })],
    deeds: [adjusts('tea', 1), adjusts('tea', -1)],
    atOnce: 1,
    batch: 2,
  },
] as const satisfies readonly Scenario[];

/** Where stock is held, moved and taken over. */
const holding = [
  {
    name: 'a hold becomes an allocation while a unit is lost',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 1 }, { kind: 'hold' }), asks('o1', { tea: 1 }, { attempt: 2, takesOver: 1 })],
    deeds: [adjusts('tea', -1)],
    atOnce: 2,
    batch: 1,
  },
  {
    name: 'a hold and the allocation that takes it over are withdrawn',
    stock: { tea: [1, 0] },
    sales: [
      asks('o1', { tea: 1 }, { kind: 'hold' }),
      asks('o1', { tea: 1 }, { attempt: 2, takesOver: 1 }),
      withdraws('o1', 1),
      withdraws('o1', 2),
    ],
    atOnce: 3,
    batch: 1,
  },
  {
    name: 'a hold is moved to another warehouse and withdrawn',
    stock: { tea: [1, 1] },
    sales: [asks('o1', { tea: 1 }, { kind: 'hold' }), withdraws('o1')],
    moves: [{ orderId: 'o1', from: A, to: B }],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'a hold is moved to where another order takes the last unit, and taken over',
    stock: { tea: [1, 1] },
    sales: [asks('o1', { tea: 1 }, { kind: 'hold' }), asks('o2', { tea: 1 }), asks('o1', { tea: 1 }, { attempt: 2, takesOver: 1 })],
    moves: [{ orderId: 'o1', from: A, to: B }],
    atOnce: 1,
    batch: 1,
  },
] as const satisfies readonly Scenario[];

/** Where a shipment is replaced by one from another warehouse. */
const moving = [
  {
    name: 'a shipment moves to another warehouse, for whose last unit another order asks',
    stock: { tea: [1, 1] },
    sales: [asks('o1', { tea: 1 }), asks('o1', { tea: 1 }, { attempt: 2, moves: 1 }), asks('o2', { tea: 1 }), movesAway('o1', 2)],
    neverWithout: ['o1'],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'a shipment of two SKUs is to move to where only one of them lies',
    stock: { tea: [1, 1], cup: [1, 0] },
    sales: [asks('o1', { tea: 1, cup: 1 }), asks('o1', { tea: 1, cup: 1 }, { attempt: 2, moves: 1 }), withdraws('o1', 2)],
    neverWithout: ['o1'],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'a shipment of two SKUs moves, while a person takes one of them from there',
    stock: { tea: [1, 1], cup: [1, 1] },
    sales: [asks('o1', { tea: 1, cup: 1 }), asks('o1', { tea: 1, cup: 1 }, { attempt: 2, moves: 1 })],
    deeds: [adjusts('cup', -1, B)],
    neverWithout: ['o1'],
    atOnce: 1,
    batch: 1,
  },
] as const satisfies readonly Scenario[];

/** Where units leave, and warehouses say what they have. */
const leaving = [
  {
    name: 'accepted and shipped, while the warehouse reports',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 1 }), confirms('accepted', 'o1'), confirms('shipped', 'o1')],
    deeds: [reports('tea', 2)],
    atOnce: 1,
    batch: 2,
  },
  {
    name: 'the warehouse reports what it can still promise',
    stock: { tea: [2, 0] },
    sales: [asks('o1', { tea: 1 }), confirms('accepted', 'o1'), confirms('shipped', 'o1')],
    deeds: [reports('tea', 1, { meaning: 'available' })],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'a shipment is released to an order that waits',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 1 }), asks('o2', { tea: 1 }), confirms('released', 'o1')],
    atOnce: 2,
    batch: 1,
  },
  {
    name: 'two shipments, of which one leaves and the order is then withdrawn',
    stock: { tea: [1, 0], cup: [0, 1] },
    sales: [asks('o1', { tea: 1, cup: 1 }), confirms('shipped', 'o1'), withdraws('o1')],
    atOnce: 1,
    batch: 1,
  },
  {
    name: 'a report finds less than is promised, and an order waits for it',
    stock: { tea: [1, 0] },
    sales: [asks('o1', { tea: 1 }), asks('o2', { tea: 1 })],
    deeds: [reports('tea', 0), adjusts('tea', 2)],
    atOnce: 2,
    batch: 2,
  },
] as const satisfies readonly Scenario[];

export const scenarios = { granting, waiting, holding, moving, leaving };
export type Theme = keyof typeof scenarios;
export type ScenarioName = (typeof scenarios)[Theme][number]['name'];

export const scenarioNamed = (name: ScenarioName): Scenario => {
  const scenario = Object.values(scenarios)
    .flat()
    .find((each) => each.name === name);
  if (!scenario) throw new Error(`no scenario is named ${name}`);
  return scenario;
};
