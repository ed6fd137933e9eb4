import { once } from 'node:events';
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
  /** Answers each request by this; the last answer on its connection says that it is. */
  readonly answer: (response: ServerResponse, by: () => void) => void;
  /** Goes on for so long while there are connections; then takes no new one, lets those that are there have their answers, closes them. */
  readonly drain: (lingerMs: number) => Promise<void>;
};

/** How an HTTP server ends without breaking a request: a connection is refused or its requests are answered. */
export const leave = (server: Server): Leaving => {
  const underWay = new Set<ServerResponse>();
  let isLast = false;
  let drained: Promise<void> | null = null;
  /** Requests that wait while something closes, so that their work does not keep the process from hearing who is there already. */
  let held: (() => void)[] | null = null;
  const inQuiet = async (close: () => void): Promise<void> => {
    const waiting: (() => void)[] = (held = []);
    await nobodyComes(server, waiting);
    close();
    held = null;
    waiting.forEach((answer) => answer());
  };
  const sayLast = (): void => {
    isLast = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
  };
  const drain = async (lingerMs: number): Promise<void> => {
    const limit = setTimeout(() => server.closeAllConnections(), drainMs);
    const began = performance.now();
    if (lingerMs > 0) sayLast();
    while (performance.now() - began < lingerMs && (await connectionsOf(server)) > 0) await wait(lookMs);
    const last = once(server, 'close');
    await inQuiet(() => {
      // Not the HTTP server's own `close`, which closes kept-alive connections at once.
      TcpServer.prototype.close.call(server);
      // Only now: who is sent away before that comes back, and waits at a socket that closes.
      sayLast();
    });
    const idle = setTimeout(() => void inQuiet(() => server.close()), Math.max(0, lastWordMs - (performance.now() - began)));
    await last;
    clearTimeout(idle);
    clearTimeout(limit);
  };
  return {
    answer: (response, by) => {
      if (isLast) response.setHeader('connection', 'close');
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
      if (held) held.push(by);
      else by();
    },
    drain: (lingerMs) => (drained ??= drain(lingerMs)),
  };
};

/** How long nobody may have come before something closes, and how long such a time is waited for. */
const quietMs = 10;
const quietWithinMs = 500;

/** How long a turn of the event loop may take so that next to nothing can have come since the system was last asked, and how long one is tried for. */
const shortTurnMs = 0.25;
const shortTurnWithinMs = 1_000;

/**
 * Ends in a moment in which nobody waits to be let in or to be heard: the system breaks what waits at a socket that closes. No
 * connection and no request came for a while, so hardly any comes right now; and this turn of the event loop had nothing else to do
 * since it asked. Where they never stop coming, such a turn has to do.
 */
const nobodyComes = async (server: Server, requests: readonly unknown[]): Promise<void> => {
  let connections = 0;
  const onConnection = (): void => void (connections += 1);
  const came = (): number => connections + requests.length;
  server.on('connection', onConnection);
  const began = performance.now();
  const passed = (): number => performance.now() - began;
  for (let found = false; !found && passed() < shortTurnWithinMs;) {
    const before = came();
    // Not a busy wait: the system interrupts one that has worked for long, and it would in just this moment.
    await wait(quietMs);
    // What is left of this turn may have asked already: the next one is whole.
    await nextTurn();
    const [atOnce, turned] = [came(), passed()];
    await nextTurn();
    found = passed() - turned < shortTurnMs && came() === (turned < quietWithinMs ? before : atOnce);
  }
  server.off('connection', onConnection);
};

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
