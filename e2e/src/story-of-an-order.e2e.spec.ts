import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { salesService } from '@stockproof/sales-service';
import { stockService } from '@stockproof/stock-service';
import { newInstallation, type Installation } from './testing/installation';
import { address, eventually, levelsOf, newMerchant, orderOf, stockUp, type Merchant } from './testing/merchant';
import { startSimulator, type Simulator } from './testing/simulator';
import { follow, type Step } from './testing/story/chain';
import type { Request } from './testing/story/commands';
import { readLogs, type Logs } from './testing/story/logs';
import { storyPage } from './testing/story/page';
import { root } from './testing/story/source-files';
import { writesStory } from './testing/story/story.config';

const file = join('docs', 'generated', 'story-of-an-order.md');
const services = [salesService, stockService];
const lines = [
  { sku: 'TEA', quantity: 2 },
  { sku: 'CUP', quantity: 4 },
];
const levelsAfter = { 'CUP BOTH': '3/0/0/3', 'CUP SOUTH': '3/0/0/3', 'TEA BOTH': '3/0/0/3', 'TEA NORTH': '3/0/0/3' };

describe('the story of an order', () => {
  let installation: Installation;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  it('is told by its ids alone, and as docs/generated tells it', async () => {
    const merchant = await newMerchant(installation, simulator);
    await stockUp(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 5 },
      { sku: 'CUP', warehouse: 'SOUTH', quantity: 7 },
    ]);
    await eventually(
      () => levelsOf(merchant),
      (levels) => Object.keys(levels).length === 4,
    );
    const placed = await place(merchant);
    const shown = await untilShipped(merchant, placed.orderId);
    const steps = await eventually(
      async () => {
        const logs = await readLogs(installation.databaseUrl());
        const told = follow(logs, placed);
        return isHeardAndShown(logs, told) ? told : null;
      },
      (told) => told !== null,
    );

    const names = new Map(Object.entries(merchant.warehouses).map(([code, id]) => [id, code]));
    const ordered =
      'Two TEA, of which five lie in warehouse NORTH, and four CUP, of which seven lie in SOUTH, both behind the virtual warehouse BOTH; each warehouse ships its part in two steps.';
    compare(storyPage({ steps: steps ?? [], names, services, ordered, shown }));
  }, 180_000);
});

/** With a correlation of the client's own, by which the first event is found. */
const place = async ({ accountId, call, token, of }: Merchant): Promise<{ readonly orderId: string; readonly request: Request }> => {
  const path = of('sales', '/sales-orders');
  const body = { orderNumber: `${accountId.slice(0, 8)}-2STEP`, shipTo: address, lines };
  const correlationId = `story-${randomUUID()}`;
  const answer = await eventually(
    () => call('POST', path, { token, body, headers: { 'x-correlation-id': correlationId } }),
    ({ status }) => status === 201,
  );
  return { orderId: String(answer.body['orderId']), request: { method: 'POST', path, correlationId } };
};

/** Waits for the end of the story in the views, and says what they show then. */
const untilShipped = async (merchant: Merchant, orderId: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const order = await eventually(
    () => orderOf(merchant, orderId),
    (seen) => seen?.status === 'shipped',
  );
  const levels = await eventually(
    () => levelsOf(merchant),
    (seen) => Object.entries(levelsAfter).every(([place, figures]) => seen[place] === figures),
  );
  const shipments =
    order?.shipments.flatMap(({ status, packages, units }) =>
      units.map(({ sku, quantity, shipped }) => `${sku}: ${shipped} of ${quantity} left in ${packages.length} packages, ${status}`),
    ) ?? [];
  return new Map([
    ['sales-orders', [`the order is ${order?.status}`, ...shipments.sort()]],
    [
      'stock-levels',
      [
        'total/allocated/held/available',
        ...Object.entries(levels)
          .map(([place, figures]) => `${place} ${figures}`)
          .sort(),
      ],
    ],
  ]);
};

/** Whether every event was told to others and read by every view, and every message has reached all who follow its topic. */
const isHeardAndShown = ({ positions }: Logs, steps: readonly Step[]): boolean => {
  const decisions = steps.flatMap((step) => step.decisions);
  const isHeard = decisions.every(({ messages }) => messages.every(({ groups, heardBy }) => groups.length === heardBy.length));
  const readersOf = (service: string): readonly string[] => [
    service,
    ...(services.find(({ name }) => name === service)?.projections ?? []).map(({ name }) => `${service} ${name}`),
  ];
  const isRead = (service: string, position: number): boolean =>
    readersOf(service).every((reader) => (positions.get(reader) ?? 0) >= position);
  return isHeard && decisions.every(({ events }) => events.every(({ service, position }) => isRead(service, position)));
};

const compare = (page: string): void => {
  if (writesStory) writeFileSync(join(root, file), page);
  try {
    expect(readFileSync(join(root, file), 'utf8')).toBe(page);
  } catch (difference) {
    throw new Error(`${file} is stale: run npm run docs:story and commit it.\n${(difference as Error).message}`);
  }
};
