import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A place in the middle of all connections of one link. */
export type Relay = {
  readonly host: string;
  readonly port: number;
  /** From now on nothing gets through in either direction; nobody is told. */
  readonly cut: () => void;
  /** From now on each piece is late by so much; 0: no more. */
  readonly slow: (delayMs: number) => void;
  /** What was under way goes on. */
  readonly heal: () => void;
  readonly close: () => Promise<void>;
};

export type Address = { readonly host: string; readonly port: number };

/** Listens at `host` and carries everything to where `target` says and back. */
export const startRelay = async (target: () => Address, host = '127.0.0.1'): Promise<Relay> => {
  const gate = openGate();
  const sockets = new Set<Socket>();
  const known = (socket: Socket): Socket => {
    sockets.add(socket);
    // Whoever reads from it is told; an error must only not end the process.
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    return socket.setNoDelay(true);
  };
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
    known(near);
    void gate.passes().then(() => {
      const far = known(connect({ ...target(), allowHalfOpen: true }));
      void carry(near, far, gate);
      void carry(far, near, gate);
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host,
    port,
    cut: gate.shut,
    slow: gate.slow,
    heal: gate.open,
    close: async () => {
      gate.open();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

type Gate = {
  readonly passes: () => Promise<void>;
  readonly shut: () => void;
  readonly open: () => void;
  readonly slow: (delayMs: number) => void;
};

const openGate = (): Gate => {
  let opened = Promise.withResolvers<void>();
  opened.resolve();
  let isShut = false;
  let delayMs = 0;
  return {
    passes: async () => {
      if (delayMs > 0) await delay(delayMs);
      while (isShut) await opened.promise;
    },
    shut: () => {
      if (!isShut) opened = Promise.withResolvers<void>();
      isShut = true;
    },
    open: () => {
      isShut = false;
      opened.resolve();
    },
    slow: (ms) => void (delayMs = ms),
  };
};

/** One direction of a connection: its pieces, its end, and that it broke. */
const carry = async (from: Socket, to: Socket, gate: Gate): Promise<void> => {
  try {
    for await (const piece of from.iterator({ destroyOnReturn: false })) {
      await gate.passes();
      if (!to.write(piece as Buffer)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    }
    await gate.passes();
    to.end();
  } catch {
    // It broke, and the other side hears of it as soon as anything gets through.
    await gate.passes();
    to.destroy();
  }
};
