import { randomUUID } from 'node:crypto';
import { check } from './checking/check';
import type { Said } from './checking/said';
import { eventually } from './client/eventually';
import type { Simulator } from './surroundings/simulator';
import type { Product } from './surroundings/product';
import { changeProducts, newAtTheSource } from './steps/changing-products';
import type { Company } from './steps/company';
import { importCatalog } from './steps/importing-catalog';
import { importOrders } from './steps/importing-orders';
import { readSaid } from './steps/reading';
import { replenish } from './steps/replenishing';
import { setUp } from './steps/setting-up';
import { fetchLevels, settlingOf, shopsTold, type OrdersSettled } from './steps/settling';
import { allOrders, ordersWithout, truthOf } from './steps/what-is-true';
import { tableOf, type Table } from './table/table';

export type Demonstration = {
  readonly product: Product;
  readonly simulator: Simulator;
  readonly say: (line: string) => void;
};

type Ended = { readonly table: Table; readonly said: Said };

/** The whole story, each step after the one before it has come to rest. */
export const demonstrate = async ({ product, simulator, say }: Demonstration): Promise<Ended> => {
  const tag = randomUUID().slice(0, 8);
  let calls = 0;
  const keys = () => `demo-${tag}-${(calls += 1)}`;
  const step = (number: number, title: string) => {
    say(`${number}/8 ${title}`);
    return (line: string) => say(`    ${line}`);
  };

  const company = await setUp({ ...product, simulator, tag, keys, say: step(1, 'An organization, its warehouses, an account, its shops') });
  await importCatalog(company, simulator, step(2, 'Products and stock from CSV files'));
  await importOrders(company, step(3, 'Orders from the files that shops export'));
  const around = { company, simulator, settled: settlingOf(company) };
  await shipOrders(around, step(4, 'Orders are allocated, and the warehouses ship them'));
  await replenishAndShip(around, step(6, 'Levels are fetched; goods are ordered, arrive, and go to those who wait'));
  await newProducts(around, step(7, 'Products change at their source and by hand'));
  step(8, 'What must hold');
  return judged(company, simulator);
};

type Say = (line: string) => void;
type Around = { readonly company: Company; readonly simulator: Simulator; readonly settled: OrdersSettled };

const shipOrders = async ({ company, simulator, settled }: Around, say: Say): Promise<void> => {
  const orders = await settled(ordersWithout(newAtTheSource.sku));
  say(
    `${orders.filter(({ shipments }) => shipments.length > 0).length} orders have shipments, ${orders.filter(({ shipments }) => shipments.length > 1).length} of them several`,
  );
  say(`${orders.filter(({ backordered }) => backordered).length} wait for stock`);
  say('5/8 The shops hear of it');
  await shopsTold(company, simulator, orders);
  say('status, quantities and tracking told');
};

const replenishAndShip = async ({ company, simulator, settled }: Around, say: Say): Promise<void> => {
  await fetchLevels(company);
  await replenish(company, say);
  const orders = await settled(ordersWithout(newAtTheSource.sku));
  await fetchLevels(company);
  await shopsTold(company, simulator, orders);
  say(`${orders.filter(({ backordered }) => backordered).length} orders still wait`);
};

const newProducts = async ({ company, simulator, settled }: Around, say: Say): Promise<void> => {
  await changeProducts(company, simulator, say);
  const orders = await settled(allOrders);
  await shopsTold(company, simulator, orders);
  say(`${allOrders - ordersWithout(newAtTheSource.sku)} orders that waited for a new product are orders now`);
};

/** Judged when nothing is false any more, or when what is false stays so: stock is told to the shops a moment after it changed. */
const judged = async (company: Company, simulator: Simulator): Promise<Ended> => {
  const patienceMs = 20_000;
  const deadline = performance.now() + patienceMs;
  return eventually(
    'the table',
    async () => {
      const said = await readSaid(company);
      return { said, table: tableOf(said, check(said, truthOf(company.tag, await simulator.journal(company.tag)))) };
    },
    ({ table: { invariants } }) => performance.now() > deadline || invariants.every(({ holds }) => holds),
    { everyMs: 1_000 },
  );
};
