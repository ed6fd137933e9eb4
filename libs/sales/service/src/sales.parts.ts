import type { ServiceRuntime } from '@stockproof/service-host';
import { incomingDesk, type IncomingDesk } from './incoming/incoming-desk';
import { waitingForSkus } from './incoming/waiting-for-skus';
import { salesDesk, type SalesDesk } from './orders/sales-desk';
import { forgettingPersons, type ForgettingPersons } from './persons/forgetting-persons';
import { knownAccount, type KnownAccount } from './reference/known-account';
import { incomingOrders, salesOrders, type SalesOrderHandler } from './sales.streams';
import type { Exporting } from './shipping/exporting-shipments';
import { withExportsAtOnce } from './shipping/exports-at-once';
import type { Importing } from './shipping/importing-updates';
import type { TellingShops } from './telling/telling-shops';

/** Everything that sales' controllers and jobs work with, made once. */
export type SalesParts = {
  readonly orders: SalesOrderHandler;
  readonly known: KnownAccount;
  readonly desk: SalesDesk;
  readonly incoming: IncomingDesk;
  readonly forgetting: ForgettingPersons;
  readonly exporting: Exporting;
  readonly importing: Importing;
  readonly telling: TellingShops;
  readonly viewsCaughtUp: () => Promise<void>;
};

/** What a job waits for at most: then it does what the views know, and its next turn the rest. */
const catchUpMs = 5_000;

/** A job that was started at once reads of views what led to its start. */
const catchingUp =
  ({ store, views }: Pick<ServiceRuntime, 'store' | 'views'>): (() => Promise<void>) =>
  async () => {
    const { position } = await store.head();
    await Promise.all(['sales-orders', 'shop-updates'].map((view) => views.waitFor(view, position, catchUpMs)));
  };

export const salesParts = (runtime: ServiceRuntime): SalesParts => {
  const { commands, clock, databases, personalData, jobs, channels, log } = runtime;
  const orders = withExportsAtOnce(salesOrders(commands), { channels, log });
  const known = knownAccount(databases.writer);
  const viewsCaughtUp = catchingUp(runtime);
  const worker = databases.worker;
  const incoming = incomingOrders(commands);
  const desk = salesDesk({ orders, known, personalData, jobs, clock });
  return {
    orders,
    known,
    desk,
    incoming: incomingDesk({ incoming, desk, known, waiting: waitingForSkus(worker), personalData, clock }),
    forgetting: forgettingPersons({ orders, incoming, personalData }),
    exporting: { orders, worker, personalData, clock },
    importing: { orders, database: worker, known, clock },
    telling: { orders, worker, clock, viewsCaughtUp },
    viewsCaughtUp,
  };
};
