import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockproof/service-host/testing';
import { losingConnections, testPostgres, type LosingConnections, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { startProgram, untilReady, untilTrue, type ProductProcess } from './testing/product-process';

/** What a container is given before it is killed. */
const graceMs = 30_000;

describe('a process told to stop (SIGTERM) while its database', () => {
  let postgres: TestPostgres;
  let toVanish: LosingConnections;
  let toHang: LosingConnections;
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-e2e-'));
  const started: ProductProcess[] = [];

  const start = async (program: string, { url }: LosingConnections): Promise<ProductProcess> => {
    const port = await freePort(2);
    const product = startProgram(program, {
      DATABASE_URL: url,
      STOCKPROOF_DATA_DIR: folder,
      STOCKPROOF_KEY: randomBytes(32).toString('hex'),
      STOCKPROOF_ADMIN_PASSWORD: randomBytes(18).toString('base64url'),
      STOCKPROOF_HOST: '127.0.0.1',
      STOCKPROOF_PORT: String(port),
      STOCKPROOF_ADMIN_PORT: String(port + 1),
      STOCKPROOF_MIGRATE: 'true',
      STOCKPROOF_LOG_LEVEL: 'warn',
    });
    started.push(product);
    return product;
  };

  beforeAll(async () => {
    postgres = await testPostgres();
    [toVanish, toHang] = [await losingConnections(postgres.url), await losingConnections(postgres.url)];
  });
  afterAll(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGKILL');
      await ended;
    }
    await Promise.all([toVanish.close(), toHang.close()]);
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is gone, hangs, or hung before it had started: it ends by itself in time, with 1, and says what it could not finish', async () => {
    const [left, hanging] = [await start('catalog', toVanish), await start('sales', toHang)];
    await Promise.all([untilReady(left), untilReady(hanging)]);
    await toVanish.close();
    toHang.hang();
    const starting = await start('stock', toHang);
    await untilTrue(
      () => /Postgres at/.test(starting.output()),
      60_000,
      () => `it has not come to its database: ${starting.output()}`,
    );
    for (const { child } of started) child.kill('SIGTERM');
    const told = performance.now();
    const ends = await Promise.all(started.map(({ ended }) => ended));
    expect(performance.now() - told).toBeLessThan(graceMs);
    expect(ends).toEqual(started.map(() => ({ code: 1, signal: null })));
    expect(left.output()).toMatch(/Not finished within \d+ s: catalog: \w+.*will be done again/);
    expect(hanging.output()).toMatch(/Not finished within \d+ s: sales: \w+.*will be done again/);
    expect(starting.output()).toMatch(/while it was starting/);
    expect([left.output(), hanging.output()].join('\n')).not.toMatch(/after calling end|took too long/);
  }, 120_000);
});
