import { operatedService, reach, type Reached } from '@stockproof/operations';
import { StartupError, type HostConfig, type Log } from '@stockproof/service-host';
import { z } from 'zod';
import { command, type Outcome } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { Unavailable } from '../command-line/failures';
import { timeout } from '../command-line/values';
import { withEngines, type Desk } from '../desk';
import { table } from '../printing/table';
import { services } from '../services';

export const checkConfig = command({
  path: 'check-config',
  summary: 'whether the environment is right, and whether what it names answers',
  description:
    'Reads the environment as the services do and names every wrong value. Then asks the database, the event store and the bus, as each\n' +
    'service would, for something small, and shows what they answer. Passwords and keys are never shown.',
  options: [['--timeout <seconds>', 'how long each of them may take to answer (10)']],
  examples: ['check-config', 'check-config --timeout 3 --json'],
  values: z.object({ timeout: timeout(10) }),
  run: async ({ timeout: timeoutMs }, desk) => {
    const config = readOrWrong(desk);
    if ('wrong' in config) return { code: exitCodes.wrong, lines: config.wrong, json: { ok: false, wrong: config.wrong } };
    const reached = await reachedWith(desk, timeoutMs);
    const ok = reached.every((each) => each.ok);
    const settings = settingsOf(config.right);
    return {
      code: ok ? exitCodes.ok : exitCodes.unavailable,
      lines: [
        ...table(
          ['SETTING', 'VALUE'],
          Object.entries(settings).map(([name, value]) => [name, value]),
        ),
        '',
        ...table(
          ['REACHED', '', 'ANSWER', 'TOOK'],
          reached.map(({ what, ok: answers, says, ms }) => [what, answers ? 'ok' : 'NO', says, `${ms} ms`]),
        ),
      ],
      json: { ok, settings, reached },
    } satisfies Outcome;
  },
});

const readOrWrong = (desk: Desk): { readonly right: HostConfig } | { readonly wrong: readonly string[] } => {
  try {
    return { right: desk.config() };
  } catch (error) {
    if (error instanceof StartupError) return { wrong: error.message.split('\n') };
    throw error;
  }
};

const reachedWith = async (desk: Desk, timeoutMs: number): Promise<readonly Reached[]> => {
  try {
    return await withEngines(desk, async (engines) => {
      const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }; // each answer is told below
      return (
        await Promise.all(
          services.map((definition) => operatedService(definition, engines, silent, (service) => reach(service, timeoutMs))),
        )
      ).flat();
    });
  } catch (error) {
    if (error instanceof Unavailable) return [{ what: 'engines', ok: false, says: error.message, ms: 0 }];
    throw error;
  }
};

/** What may be shown: where things are, not how to get in. */
const settingsOf = (config: HostConfig): Readonly<Record<string, string>> => ({
  'event store': config.eventStore === 'postgres' ? 'postgres' : `eventstoredb at ${hostOf(config.eventStoreDbUrl)}`,
  bus: config.bus === 'postgres' ? 'postgres' : `kafka at ${config.kafka.brokers.join(', ')}`,
  database: config.databaseUrl === null ? `embedded, in ${config.dataDir}` : hostOf(config.databaseUrl),
  key: config.key === null ? 'kept in the data folder' : 'set',
  'admin password': config.adminPassword === null ? 'kept in the data folder' : 'set',
  roles: config.roles.join(', '),
  listens: `${config.host}, port ${config.port}, health and metrics on ${config.adminPort}`,
  'private addresses allowed': config.outboundAllow.join(', ') || 'none',
  'migrates at start': config.migrateAtStart ? 'yes' : 'no',
  node: process.version,
});

const hostOf = (url: string | null): string => (url === null ? 'nowhere' : `${new URL(url).host}${new URL(url).pathname}`);
