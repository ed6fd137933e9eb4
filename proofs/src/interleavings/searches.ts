import type { Bounds } from './scenario';
import { scenarioNamed, type ScenarioName } from './scenarios';
import { search, type Searched } from './search';

/** What may go wrong in a run, by name: in each, at any moment. */
export const bounds = {
  /** Nothing; everybody acts at any moment. */
  calm: { takeovers: 0, stretches: 0, faults: 0 },
  /** One call fails, before or after it took effect, and the process that made it goes on. */
  loss: { takeovers: 0, stretches: 0, faults: 1 },
  losses: { takeovers: 0, stretches: 0, faults: 2 },
  /** The process dies, and another begins where the last commit was. */
  crash: { takeovers: 1, stretches: 0, faults: 0 },
  crashes: { takeovers: 2, stretches: 0, faults: 0 },
  /** Another begins, and the old process goes on for a stretch, as if nothing had happened. */
  stall: { takeovers: 1, stretches: 1, faults: 0 },
  stalls: { takeovers: 1, stretches: 3, faults: 0 },
  'stall and loss': { takeovers: 1, stretches: 1, faults: 1 },
} as const satisfies Record<string, Bounds>;

/** With fewer states than the floor a search no longer looks at what it says. */
export type Planned = { readonly of: ScenarioName; readonly under: keyof typeof bounds; readonly floor: number };

const planned = (of: ScenarioName, floors: Partial<Record<keyof typeof bounds, number>>): readonly Planned[] =>
  Object.entries(floors).map(([under, floor]) => ({ of, under: under as keyof typeof bounds, floor }));

/** What `npm test` searches: small enough for a minute. */
export const everyTime: readonly Planned[] = [
  ...planned('an order is withdrawn', { loss: 444, losses: 5_190, crashes: 846, stall: 2_480 }),
  ...planned('the last unit: two orders want it, the first takes its wish back', { loss: 902, crashes: 1_890, stall: 5_700 }),
  ...planned('the last unit, in one batch', { loss: 543, crashes: 1_540, stall: 7_820 }),
  ...planned('two SKUs, one in each warehouse, withdrawn', { loss: 2_160, crashes: 11_500 }),
  ...planned('two SKUs, and a person takes one of them from under the plan', { loss: 5_530, crashes: 2_870 }),
  ...planned('two orders over two SKUs in two warehouses, and a withdrawal', { loss: 6_070, crash: 2_640 }),
  ...planned('two lines of one SKU are their sum', { loss: 4_570, crashes: 5_100 }),
  ...planned('an order waits for what comes', { loss: 1_410, crashes: 1_080, stall: 6_860 }),
  ...planned('two wait, one unit comes', { loss: 1_760, crashes: 2_080, stall: 16_060 }),
  ...planned('an order waits for two SKUs, another wants one of them', { crashes: 8_810 }),
  ...planned('a part may go: the rest waits for nothing', { loss: 9_590, crash: 2_870 }),
  ...planned('what comes is taken again', { loss: 10_770, crashes: 5_920 }),
  ...planned('a hold becomes an allocation while a unit is lost', { loss: 3_260, crashes: 5_500 }),
  ...planned('a hold and the allocation that takes it over are withdrawn', { loss: 1_310, crashes: 2_970, stall: 8_550 }),
  ...planned('a hold is moved to another warehouse and withdrawn', { calm: 17_230 }),
  ...planned('a shipment moves to another warehouse, for whose last unit another order asks', {
    loss: 1_410,
    crashes: 3_300,
  }),
  ...planned('a shipment of two SKUs is to move to where only one of them lies', { loss: 1_780, crashes: 2_000 }),
  ...planned('a shipment of two SKUs moves, while a person takes one of them from there', { crash: 2_970 }),
  ...planned('accepted and shipped, while the warehouse reports', { crash: 4_660 }),
  ...planned('the warehouse reports what it can still promise', { loss: 10_070, crash: 3_060 }),
  ...planned('a shipment is released to an order that waits', { loss: 705, crashes: 1_290, stall: 4_360 }),
  ...planned('two shipments, of which one leaves and the order is then withdrawn', { loss: 1_190, crashes: 3_550 }),
  ...planned('a report finds less than is promised, and an order waits for it', { calm: 4_700 }),
];

/** What is searched besides by `npm run test:interleavings`: larger, and more that goes wrong in one run. */
export const deeper: readonly Planned[] = [
  ...planned('an order is withdrawn', { stalls: 2_500, 'stall and loss': 20_000 }),
  ...planned('an order is withdrawn, and an owner sleeps for an hour', { stall: 24_000 }),
  ...planned('the last unit: two orders want it, the first takes its wish back', { losses: 5_000, stalls: 2_500 }),
  ...planned('the last unit, in one batch', { losses: 5_000, stalls: 2_500 }),
  ...planned('two SKUs, one in each warehouse, withdrawn', { stall: 20_000 }),
  ...planned('two SKUs, and a person takes one of them from under the plan', { stall: 20_000 }),
  ...planned('two orders over two SKUs in two warehouses, and a withdrawal', { crashes: 10_000 }),
  ...planned('two orders over two SKUs in two warehouses side by side, and a unit comes', { calm: 20_000, crash: 10_000 }),
  ...planned('an order waits for what comes', { losses: 5_000, stalls: 2_500, 'stall and loss': 20_000 }),
  ...planned('two wait, one unit comes', { losses: 5_000, stalls: 2_500 }),
  ...planned('an order waits for two SKUs, another wants one of them', { loss: 5_000 }),
  ...planned('a hold becomes an allocation while a unit is lost', { stall: 20_000 }),
  ...planned('a hold is moved to another warehouse and withdrawn', { loss: 5_000, crash: 10_000 }),
  ...planned('a hold is moved to where another order takes the last unit, and taken over', { calm: 20_000 }),
  ...planned('a shipment moves to another warehouse, for whose last unit another order asks', {
    losses: 5_000,
    stall: 9_320,
    stalls: 2_500,
  }),
  ...planned('a shipment of two SKUs moves, while a person takes one of them from there', { loss: 19_580 }),
  ...planned('accepted and shipped, while the warehouse reports', { loss: 5_000, crashes: 10_000 }),
];

/** Searches, and says what it has seen. */
export const searched = async ({ of, under }: Omit<Planned, 'floor'>): Promise<Searched> => {
  const result = await search(scenarioNamed(of), bounds[under]);
  const { states, transitions, histories, atRest, depth, seconds } = result;
  process.stdout.write(
    `${of} (${under}): ${states} states, ${transitions} transitions, ${atRest} at rest, ${histories} histories of processes, ${depth} steps deep, ${seconds.toFixed(1)} s\n`,
  );
  return result;
};
