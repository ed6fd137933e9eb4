import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngines } from '@stockproof/engines';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { readHostConfig, startHost } from '@stockproof/service-host';
import { tenancyService } from '../tenancy.module';
import { httpClient, type HttpClient } from './http-client';

export const adminPassword = 'first-password-of-the-installation';

export type RunningTenancy = {
  readonly call: HttpClient;
  readonly databaseUrl: string;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Tenancy as a process runs it – engines, host, HTTP – on a fresh database. */
export const startTenancy = async (): Promise<RunningTenancy> => {
  const postgres = await testPostgres();
  const dataDir = mkdtempSync(join(tmpdir(), 'stockproof-tenancy-'));
  const environment = {
    DATABASE_URL: postgres.url,
    STOCKPROOF_DATA_DIR: dataDir,
    STOCKPROOF_HOST: '127.0.0.1',
    STOCKPROOF_LOG_LEVEL: 'silent',
    STOCKPROOF_ADMIN_PASSWORD: adminPassword,
  };
  const config = readHostConfig(environment, { port: await freePort(), adminPort: await freePort(), oneOfMany: false });
  const start = () => startHost({ services: [tenancyService], config, startEngines, print: () => undefined });
  let running = await start();
  return {
    call: httpClient(`http://127.0.0.1:${config.port}`),
    databaseUrl: postgres.url,
    restart: async () => {
      await running.stop();
      running = await start();
    },
    stop: async () => {
      await running.stop();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
