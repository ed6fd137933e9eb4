import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngines } from '@stockproof/engines';
import { freePort } from '@stockproof/service-host/testing';
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
  const port = await freePort(2);
  const config = readHostConfig(environment, { port, adminPort: port + 1, oneOfMany: false });
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
