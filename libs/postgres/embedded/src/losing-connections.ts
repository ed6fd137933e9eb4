import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a database on which connections can go silent. */
export type LosingConnections = {
  readonly url: string;
  /** As after a fail-over: the connections of now carry nothing any more, and neither side is told. New ones are fine. */
  readonly lose: () => void;
  /** As a server that hangs: these and all later ones are taken, and carry nothing. */
  readonly hang: () => void;
  /** As a server that is gone: these are cut, later ones are refused. */
  readonly close: () => Promise<void>;
};

export const losingConnections = async (url: string): Promise<LosingConnections> => {
  const { hostname, port } = new URL(url);
  const pairs = new Set<readonly [Socket, Socket]>();
  let hangs = false;
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    const pair = [near, far] as const;
    pairs.add(pair);
    if (hangs) return near.on('error', () => undefined).pause();
    for (const [from, to] of [pair, [far, near] as const])
      from
        .on('error', () => undefined) // the other side is told by the end
        .once('close', () => to.destroy())
        .pipe(to);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const by = new URL(url);
  by.port = String((server.address() as AddressInfo).port);
  const lose = (): void => {
    for (const [near, far] of pairs)
      for (const [from, to] of [[near, far] as const, [far, near] as const]) {
        from.removeAllListeners('close').unpipe(to);
        from.pause();
      }
  };
  return {
    url: by.href,
    lose,
    hang: () => {
      hangs = true;
      lose();
    },
    close: async () => {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
