import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockproof/service-host/testing';
import { startProduct, untilReady, untilTrue, type ProductProcess } from './testing/product-process';

/** A project that only its owner may enter, as `mktemp -d` makes it. */
const privateFolder = (): string => mkdtempSync(join(tmpdir(), 'stockproof-e2e-'));

type Installation = {
  readonly environment: Record<string, string>;
  readonly dataDir: string;
  readonly port: number;
  readonly adminPort: number;
};

const newInstallation = async (): Promise<Installation> => {
  const dataDir = join(privateFolder(), '.stockproof');
  const port = await freePort(12);
  const adminPort = port + 6;
  return {
    dataDir,
    port,
    adminPort,
    environment: { STOCKPROOF_DATA_DIR: dataDir, STOCKPROOF_PORT: String(port), STOCKPROOF_ADMIN_PORT: String(adminPort) },
  };
};

const serverFolder = ({ dataDir }: Installation): string => {
  const moved = join(dataDir, 'postgres.location');
  return existsSync(moved) ? readFileSync(moved, 'utf8').trim() : join(dataDir, 'postgres');
};
const databaseRuns = (installation: Installation): boolean => existsSync(join(serverFolder(installation), 'data', 'postmaster.pid'));

const signIn = async ({ dataDir, port }: Installation): Promise<number> => {
  const password = readFileSync(join(dataDir, 'admin-password'), 'utf8').trim();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/tenancy/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin', password }),
  });
  return answer.status;
};

const running: ProductProcess[] = [];
const installations: Installation[] = [];
const install = async (): Promise<Installation> => {
  const installation = await newInstallation();
  installations.push(installation);
  return installation;
};
const start = (installation: Installation, app: 'all-in-one' | 'services-launcher' = 'all-in-one'): ProductProcess => {
  const product = startProduct(app, installation.environment);
  running.push(product);
  return product;
};
const refusal = async (installation: Installation): Promise<string> => {
  const product = start(installation);
  await untilTrue(
    () => product.child.exitCode !== null || /is ready/.test(product.output()),
    60_000,
    () => `neither ready nor ended: ${product.output()}`,
  );
  expect(product.child.exitCode).toBe(1);
  return product.output();
};

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
  for (const installation of installations.splice(0)) {
    rmSync(serverFolder(installation), { recursive: true, force: true });
    rmSync(join(installation.dataDir, '..'), { recursive: true, force: true });
  }
});

jest.setTimeout(300_000);

describe('npm start', () => {
  it('needs nothing else, says where everything is, lets the first administrator in, and keeps all over a kill -9', async () => {
    const installation = await install();
    const first = start(installation);
    await untilReady(first);
    expect(first.output()).toMatch(new RegExp(`http://127.0.0.1:${installation.port}/docs/[\\s\\S]*admin-password`));
    expect(statSync(join(installation.dataDir, 'admin-password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(installation.dataDir, 'key')).mode & 0o777).toBe(0o600);
    expect(await signIn(installation)).toBe(201);

    first.child.kill('SIGKILL');
    await first.ended;
    await untilTrue(
      () => !databaseRuns(installation),
      20_000,
      () => 'the database still runs',
    );

    const second = start(installation);
    await untilReady(second);
    expect(await signIn(installation)).toBe(201);
  });

  it('stops in order on Ctrl-C, also when npm passes it on a second time', async () => {
    const installation = await install();
    const product = start(installation);
    await untilReady(product);
    product.child.kill('SIGINT');
    product.child.kill('SIGINT');
    expect(await product.ended).toEqual({ code: 0, signal: null });
    expect(databaseRuns(installation)).toBe(false);
    await expect(fetch(`http://127.0.0.1:${installation.port}/`)).rejects.toThrow();
  });

  it('says in a sentence why it cannot start, and the way out', async () => {
    const installation = await install();
    const other = createServer().listen(installation.port, '127.0.0.1');
    expect(await refusal(installation)).toMatch(
      new RegExp(`^Port ${installation.port} is taken by another program.*STOCKPROOF_PORT=`, 'm'),
    );
    await new Promise((resolve) => other.close(resolve));

    chmodSync(join(installation.dataDir, '..'), 0o755);
    mkdirSync(join(installation.dataDir, 'postgres', 'data'), { recursive: true });
    writeFileSync(join(installation.dataDir, 'postgres', 'data', 'holiday.jpg'), '');
    expect(await refusal(installation)).toMatch(/^The data folder .* is broken.*start empty: `mv /m);

    const wrong = { ...installation, environment: { ...installation.environment, STOCKPROOF_ROLES: 'king', STOCKPROOF_LOG_LEVEL: 'loud' } };
    expect(await refusal(wrong)).toMatch(/STOCKPROOF_ROLES must be[\s\S]*STOCKPROOF_LOG_LEVEL must be/);
  });

  it('leaves a second one that wants the same data alone', async () => {
    const installation = await install();
    const product = start(installation);
    await untilReady(product);
    const port = await freePort(2);
    const second = {
      ...installation,
      environment: { ...installation.environment, STOCKPROOF_PORT: String(port), STOCKPROOF_ADMIN_PORT: String(port + 1) },
    };
    expect(await refusal(second)).toMatch(new RegExp(`Another Stockproof \\(process ${product.child.pid}\\)`));
    expect(await signIn(installation)).toBe(201);
  });
});

describe('npm run start:services', () => {
  it('runs each service as a process of its own, answers 503 for one that was killed, and takes them all along', async () => {
    const installation = await install();
    const product = start(installation, 'services-launcher');
    await untilReady(product);
    expect(await signIn(installation)).toBe(201);
    const status = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${installation.port}${path}`)).status;
    expect([await status('/v1/tenancy/openapi.json'), await status('/v1/stock/openapi.json'), await status('/docs/')]).toEqual([
      200, 200, 200,
    ]);

    const stock = Number(/stock +process (\d+)/.exec(product.output())?.[1]);
    process.kill(stock, 'SIGKILL');
    await untilTrue(
      async () => (await status('/v1/stock/openapi.json')) === 503,
      10_000,
      () => 'it still answers',
    );
    expect(await status('/v1/tenancy/openapi.json')).toBe(200);
    expect(product.output()).toMatch(/stock has ended \(signal SIGKILL\)/);

    const tenancyPort = installation.port + 1;
    product.child.kill('SIGKILL');
    await untilTrue(
      () => !databaseRuns(installation),
      30_000,
      () => 'the database still runs',
    );
    await untilTrue(
      () =>
        fetch(`http://127.0.0.1:${tenancyPort}/`).then(
          () => false,
          () => true,
        ),
      30_000,
      () => 'tenancy still runs',
    );
  });
});
