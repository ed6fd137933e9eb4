import { channelCredentials } from '@stockproof/channel-credentials';
import { masterKeyFrom } from '@stockproof/personal-data';
import type { ServiceRuntime } from '@stockproof/service-host';
import { salesDesk, type SalesDesk } from './orders/sales-desk';
import { knownAccount } from './reference/known-account';
import { salesOrders, type SalesOrderHandler } from './sales.streams';
import { warehouseChannelJobs, type ChannelJobs } from './shipping/channel-jobs';
import type { Exporting } from './shipping/exporting-shipments';
import type { Importing } from './shipping/importing-updates';
import { warehouseConnection } from './shipping/warehouse-connection';
import { warehousePushes, type WarehousePushes } from './shipping/warehouse-pushes';

/** Everything that sales' controllers and jobs work with, made once. */
export type SalesParts = {
  readonly orders: SalesOrderHandler;
  readonly desk: SalesDesk;
  readonly jobs: ChannelJobs;
  readonly exporting: Exporting;
  readonly importing: Importing;
  readonly pushes: WarehousePushes;
};

export const salesParts = ({
  commands,
  clock,
  databases,
  personalData,
  jobs,
  installation,
  connectors,
  log,
}: ServiceRuntime): SalesParts => {
  const orders = salesOrders(commands);
  const known = knownAccount(databases.writer);
  const connect = warehouseConnection(known, connectors, channelCredentials(masterKeyFrom(installation.masterKey)));
  const importing: Importing = { orders, database: databases.worker, connect, clock };
  return {
    orders,
    desk: salesDesk({ orders, known, personalData, jobs, clock }),
    jobs: warehouseChannelJobs(jobs),
    exporting: { orders, worker: databases.worker, connect, personalData, clock },
    importing,
    pushes: warehousePushes({ importing, known, connect, log }),
  };
};
