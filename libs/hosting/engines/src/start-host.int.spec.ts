import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ApiOkResponse } from '@nestjs/swagger';
import { PublicRoute } from '@stockproof/access';
import type { MessageBatch } from '@stockproof/bus-transport';
import type { EventMeta } from '@stockproof/event-store';
import { freePort } from '@stockproof/service-host/testing';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import {
  readHostConfig,
  startHost,
  StartupError,
  type HostConfig,
  type Running,
  type ServiceDefinition,
  type ServiceRuntime,
} from '@stockproof/service-host';
import { sql, type Statement } from '@stockproof/sql';
import { startEngines } from './engines';

const heard: string[] = [];
const runtimeToken = Symbol('runtime');
const topic = 'stockproof.catalog.notes.v1';
const account = '0190a000-0000-7000-8000-00000000000a';

@Controller('v1/catalog/notes')
class NotesController {
  constructor(@Inject(runtimeToken) private readonly runtime: ServiceRuntime) {}

  @Get()
  @PublicRoute()
  @ApiOkResponse()
  async list() {
    return this.runtime.databases.reader.readAs({ kind: 'account', accountId: account }, sql('select text from notes_v1 order by text'));
  }

  @EventPattern(topic, { group: 'catalog.notes' })
  async onNotes(@Payload() batch: MessageBatch): Promise<readonly Statement[]> {
    heard.push(...batch.messages.map(({ subject }) => subject));
    return [];
  }
}

let lastRuntime: ServiceRuntime | undefined;

@Module({})
class NotesModule {}

const migrations = mkdtempSync(join(tmpdir(), 'no-migrations-'));

const catalog: ServiceDefinition = {
  name: 'catalog',
  migrations,
  projections: [
    {
      name: 'notes',
      version: 1,
      ddl: "create table notes_v1 (account_id uuid not null, text text not null, primary key (account_id, text)); select tenant_table('notes_v1');",
      handles: ['Noted'],
      project: (events) => events.map(({ data }) => sql('insert into notes_v1 values ($1, $2)', account, data['text'])),
    },
  ],
  publication: { handles: ['Noted'], facts: ({ data }) => [{ type: topic, topic, subject: String(data['text']), data }] },
  topics: [topic],
  module: (runtime) => {
    lastRuntime = runtime;
    return { module: NotesModule, controllers: [NotesController], providers: [{ provide: runtimeToken, useValue: runtime }] };
  },
};

const eventually = async <T>(probe: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> => {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const value = await probe();
    if (isRight(value) || Date.now() > deadline) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
};

describe('a host', () => {
  let postgres: TestPostgres;
  let config: HostConfig;
  let running: Running | undefined;
  const printed: string[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'stockproof-host-'));

  const host = (more: Partial<HostConfig> = {}): Promise<Running> =>
    startHost({ services: [catalog], config: { ...config, ...more }, startEngines, print: (line) => void printed.push(line) });
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${config.port}${path}`);
  const admin = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${config.adminPort}${path}`);

  beforeAll(async () => {
    postgres = await testPostgres();
    const environment = {
      DATABASE_URL: postgres.url,
      STOCKPROOF_DATA_DIR: dataDir,
      STOCKPROOF_HOST: '127.0.0.1',
      STOCKPROOF_LOG_LEVEL: 'silent',
    };
    const port = await freePort(2);
    config = readHostConfig(environment, { port, adminPort: port + 1, oneOfMany: false });
    running = await host();
  });
  afterAll(async () => {
    await running?.stop();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(migrations, { recursive: true, force: true });
  });

  it('tells whoever started it where everything is, and last that it is ready', () => {
    expect(printed.join('\n')).toMatch(new RegExp(`catalog runs[\\s\\S]*http://127.0.0.1:${config.port}/docs/[\\s\\S]*readyz`));
    expect(printed.at(-1)).toBe('Stockproof is ready');
  });

  it('routes by prefix; what belongs to nobody is a problem', async () => {
    const [list, nothing, elsewhere] = await Promise.all([get('/v1/catalog/notes'), get('/v1/catalog/nothing'), get('/v1/sales/orders')]);
    expect(list.status).toBe(200);
    expect(list.headers.get('x-content-type-options')).toBe('nosniff');
    expect(list.headers.get('x-correlation-id')).toBeTruthy();
    expect([nothing.status, elsewhere.status]).toEqual([404, 404]);
    expect(elsewhere.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await nothing.json()) as object).toMatchObject({ code: 'not-found', status: 404 });
    expect((await elsewhere.json()) as object).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('serves OpenAPI 3.1, a merged document, and a page that loads nothing from elsewhere', async () => {
    const own = (await (await get('/v1/catalog/openapi.json')).json()) as { openapi: string; paths: object };
    expect(own.openapi).toBe('3.1.0');
    // Every service shows its parked keys, its jobs and its events besides.
    expect(Object.keys(own.paths).filter((path) => !/\/(parked-keys|jobs|events)/.test(path))).toEqual(['/v1/catalog/notes']);
    expect(own.paths).toHaveProperty(['/v1/catalog/accounts/{accountId}/parked-keys']);
    expect(own.paths).toHaveProperty(['/v1/catalog/accounts/{accountId}/jobs']);
    expect(((await (await get('/openapi.json')).json()) as { paths: object }).paths).toHaveProperty('/v1/catalog/notes');
    const page = await (await get('/docs/')).text();
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect((await get('/docs/js/scalar.js')).status).toBe(200);
  });

  it('projects what is written, and others hear of it', async () => {
    const meta: EventMeta = {
      commandId: 'c',
      correlationId: 'c',
      causationId: 'c',
      actor: 'service:catalog',
      organizationId: account,
      accountId: account,
      effectiveAt: null,
      schemaVersion: 1,
    };
    await lastRuntime?.store.append([
      {
        stream: `catalog.note-${account}-1`,
        expectedRevision: 0,
        events: [{ id: '0190a000-0000-7000-8000-0000000000e1', type: 'Noted', data: { text: 'one' }, meta }],
      },
    ]);
    expect(
      await eventually(
        async () => (await (await get('/v1/catalog/notes')).json()) as unknown[],
        (rows) => rows.length > 0,
      ),
    ).toEqual([{ text: 'one' }]);
    expect(
      await eventually(
        async () => [...heard],
        (subjects) => subjects.length > 0,
      ),
    ).toEqual(['one']);
  });

  it('shows that it lives, that it is ready, and its numbers', async () => {
    expect((await admin('/livez')).status).toBe(200);
    const ready = await admin('/readyz');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ready: true, draining: false, services: [{ service: 'catalog', ready: true, problems: [] }] },
    ]);
    const metrics = await (await admin('/metrics')).text();
    expect(metrics).toMatch(/stockproof_http_request_seconds_count\{.*service="catalog"/);
    expect(metrics).toMatch(/stockproof_projection_behind_seconds\{view="notes",service="catalog"\} 0/);
    expect(metrics).toMatch(/nodejs_version_info/);
  });

  it('says which port is taken, and leaves nothing behind', async () => {
    await expect(host({ adminPort: await freePort() })).rejects.toThrow(
      new RegExp(`Port ${config.port} is taken by another program.*STOCKPROOF_PORT=`),
    );
    await expect(host({ port: await freePort() })).rejects.toThrow(/STOCKPROOF_ADMIN_PORT=/);
  });

  it('refuses an event store, a bus and a database that are not there', async () => {
    const port = await freePort(2);
    const free = { port, adminPort: port + 1 };
    const nobody = `esdb://127.0.0.1:${await freePort()}?tls=false`;
    await expect(host({ ...free, eventStore: 'eventstoredb', eventStoreDbUrl: nobody })).rejects.toThrow(
      /EVENTSTOREDB_URL cannot be reached/,
    );
    const kafka = { ...config.kafka, brokers: [`127.0.0.1:${await freePort()}`] };
    await expect(host({ ...free, bus: 'kafka', kafka })).rejects.toThrow(
      /^Kafka in KAFKA_BROKERS \(127.*\) cannot be reached: .*whether it runs\.$/,
    );
    await expect(host({ ...free, databaseUrl: `postgres://nobody@127.0.0.1:${await freePort()}/x` })).rejects.toThrow(StartupError);
  });

  it('stops in order and can be started again with everything that was there', async () => {
    await running?.stop();
    running = undefined;
    await expect(get('/v1/catalog/notes')).rejects.toThrow();
    running = await host();
    expect(await (await get('/v1/catalog/notes')).json()).toEqual([{ text: 'one' }]);
  });
});
