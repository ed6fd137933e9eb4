import { Client, escapeIdentifier } from 'pg';
import { clientConfig, prepare, type PostgresEventStoreOptions } from './connections';

/** Tells other processes that the log has grown, and hears it from them. */
export type Signals = { readonly tell: () => void; readonly close: () => Promise<void> };

const reconnectAfterMs = 500;
/** Under load others hear of many commits at once: each message costs a commit of its own. */
const quietMs = 5;

/** A client, not yet connected, that hears what others say. */
const listening = (options: PostgresEventStoreOptions, hear: () => void): Client => {
  const client = new Client(clientConfig(options)) as Client & { readonly processID: number };
  client.on('notification', ({ processId }) => {
    if (processId !== client.processID) hear();
  });
  return client;
};

/**
 * One connection of its own for LISTEN and NOTIFY. A NOTIFY inside the append would take a lock of the whole cluster at its commit;
 * here it follows the commit and waits for no disk. A lost message is made good by polling.
 */
export const signals = (options: PostgresEventStoreOptions, hear: () => void): Signals => {
  const channel = escapeIdentifier(`${options.schema}_events`.slice(0, 63));
  let client: Client | null = null;
  let onSilence = (): void => undefined;
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  let telling = false;
  let moreToTell = false;

  const connect = async (): Promise<void> => {
    const next = listening(options, hear);
    let isLost = false;
    const lost = (error: unknown = 'it ended'): void => {
      if (isLost) return;
      isLost = true;
      if (client === next) client = null;
      next.removeAllListeners('end');
      void next.end().catch(() => undefined); // it is lost already
      if (closed || options.lines?.areCut()) return;
      options.log?.warn({ error: String(error) }, 'the connection that hears of new events was lost; connecting again');
      clearTimeout(again);
      again = setTimeout(() => (connecting = connect()), reconnectAfterMs);
    };
    next.on('error', lost);
    next.on('end', lost);
    try {
      await next.connect();
      await prepare(next, options);
      await next.query(`set synchronous_commit to off; listen ${channel}`);
      if (closed) return await next.end();
      client = next;
      onSilence = lost;
      hear();
    } catch (error) {
      lost(error);
    }
  };

  const tell = async (): Promise<void> => {
    telling = true;
    while (moreToTell && client && !closed) {
      moreToTell = false;
      await client.query(`notify ${channel}`).catch(() => onSilence());
      await new Promise((resolve) => setTimeout(resolve, quietMs));
    }
    telling = false;
  };

  let connecting = connect();
  return {
    tell: () => {
      moreToTell = true;
      if (!telling) void tell();
    },
    close: async () => {
      closed = true;
      clearTimeout(again);
      await connecting;
      client?.removeAllListeners('end');
      await client?.end();
    },
  };
};
