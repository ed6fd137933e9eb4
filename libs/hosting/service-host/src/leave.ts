import type { Server, ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** How long all of draining may take: answers under way, and the time before for those who keep a connection. */
const drainMs = 20_000;

/**
 * How long at least a kept-alive connection that says nothing stays open when the process ends. Closing it at once would break the
 * request that its client is just sending, and the client could not know whether it was done.
 */
const lastWordMs = 2_000;

/** How often is looked whether connections are left. */
const lookMs = 50;

export type Leaving = {
  /** Of each answer that begins; the last one on its connection says that it is. */
  readonly told: (response: ServerResponse) => void;
  /** Goes on for so long while there are connections; then takes no new one, lets those that are there have their answers, closes them. */
  readonly drain: (lingerMs: number) => Promise<void>;
};

/** How an HTTP server ends without breaking a request: a connection is refused or its requests are answered. */
export const leave = (server: Server): Leaving => {
  const underWay = new Set<ServerResponse>();
  let isLast = false;
  let drained: Promise<void> | null = null;
  const sayLast = (): void => {
    isLast = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
  };
  const drain = async (lingerMs: number): Promise<void> => {
    const limit = setTimeout(() => server.closeAllConnections(), drainMs);
    const began = performance.now();
    if (lingerMs > 0) sayLast();
    while (performance.now() - began < lingerMs && (await connectionsOf(server)) > 0) await wait(lookMs);
    await letIn(server);
    // Not the HTTP server's own `close`, which closes kept-alive connections at once.
    const last = new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve()));
    // Only now: who is sent away before that comes back, and waits at a socket that closes.
    sayLast();
    const idle = setTimeout(() => server.close(), Math.max(0, lastWordMs - (performance.now() - began)));
    await last;
    clearTimeout(idle);
    clearTimeout(limit);
  };
  return {
    told: (response) => {
      if (isLast) response.setHeader('connection', 'close');
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
    },
    drain: (lingerMs) => (drained ??= drain(lingerMs)),
  };
};

/** Turns of the event loop without a new connection, and turns at most. */
const quietTurns = 3;
const turnsAtMost = 1_000;

/** Whoever has connected already is let in first: the system breaks what waits at a socket that closes. One comes in at each turn. */
const letIn = async (server: Server): Promise<void> => {
  let quiet = 0;
  const onConnection = (): void => void (quiet = 0);
  server.on('connection', onConnection);
  for (let turn = 0; quiet < quietTurns && turn < turnsAtMost; turn++) {
    await nextTurn();
    quiet += 1;
  }
  server.off('connection', onConnection);
};

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
