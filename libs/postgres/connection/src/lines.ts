import { Socket } from 'node:net';

/** All connections of one service to Postgres, so that they can be cut together. */
export type Lines = {
  /** What the driver connects by. */
  readonly stream: () => Socket;
  /** Whoever waits for an answer hears now that his connection was lost, and whoever wants a new one that there is none. */
  readonly cut: () => void;
  readonly areCut: () => boolean;
};

const noLine = (): Error => Object.assign(new Error('no longer connected: this process ends'), { code: 'ECONNREFUSED' });

/** Lines that last until they are cut: a server that hangs would otherwise keep whoever leaves it waiting. */
export const openLines = (): Lines => {
  const sockets = new Set<Socket>();
  let cut = false;
  return {
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      // Not before the driver listens.
      if (cut) setImmediate(() => socket.destroy(noLine()));
      return socket;
    },
    cut: () => {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    areCut: () => cut,
  };
};
