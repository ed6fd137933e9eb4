import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError } from 'fastify';
import { Refused } from './http/answering';
import { openPusher } from './http/push';
import { openJournal } from './journal/journal';
import { journalRoutes } from './journal/journal-routes';
import { shopRoutes } from './shop/shop-routes';
import { openShops } from './shop/shops';
import { warehouseByHand } from './warehouse/warehouse-by-hand';
import { warehouseProtocol } from './warehouse/warehouse-protocol';
import { openWarehouses } from './warehouse/warehouses';

export type SimulatorOptions = {
  /** The address it listens on; default: the loopback address only. */
  readonly host?: string;
  /** 0: any free port. */
  readonly port: number;
  readonly journalFile: string;
  /** Where it is said that a push was not taken. */
  readonly say?: (line: string) => void;
};

export type Simulator = { readonly url: string; readonly stop: () => Promise<void> };

const refusal = (error: FastifyError | Refused) =>
  error instanceof Refused
    ? { status: error.status, body: { code: error.code, message: error.message } }
    : { status: error.statusCode ?? 500, body: { code: error.code ?? 'failed', message: error.message } };

/** Starts warehouses and shops that speak the generic-http protocol. */
export const startSimulator = async ({
  host = '127.0.0.1',
  port,
  journalFile,
  say = () => undefined,
}: SimulatorOptions): Promise<Simulator> => {
  const journal = openJournal(journalFile, Date.now);
  const pusher = openPusher(say);
  const http = Fastify({ bodyLimit: 20_000_000, forceCloseConnections: true });
  // A report taken now must not share its millisecond with something that happens right after it.
  const now = () => new Date(Math.max(Date.now() - 1, Date.parse(journal.entries().at(-1)?.at ?? '1970-01-01T00:00:00Z'))).toISOString();
  const warehouses = openWarehouses(journal, pusher);
  http.setErrorHandler((error: FastifyError | Refused, _request, reply) => {
    const { status, body } = refusal(error);
    return reply.code(status).send(body);
  });
  http.get('/healthz', () => ({ status: 'up' }));
  journalRoutes(http, journal);
  warehouseProtocol(http, warehouses, now);
  warehouseByHand(http, warehouses, pusher, now);
  shopRoutes(http, openShops(journal, pusher));
  await http.listen({ port, host });
  return {
    url: `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`,
    stop: async () => {
      await http.close();
      await pusher.stop();
    },
  };
};
