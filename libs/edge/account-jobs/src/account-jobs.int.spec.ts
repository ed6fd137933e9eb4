import 'reflect-metadata';
import { Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { admit } from '@stockproof/access';
import { fastifyAdapter, HttpModule } from '@stockproof/http-problems';
import { jobsMigrations, postgresJobs, type RunningJobs } from '@stockproof/jobs';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import type { FastifyRequest } from 'fastify';
import { AccountJobsModule } from './account-jobs.module';

const log = { warn: () => undefined, error: () => undefined };
let now = '2026-06-01T12:00:00.000Z';
const clock = { now: () => now };

/** Stands in for the guard of access: whoever asks is the user u. */
const guard: CanActivate = {
  canActivate: (context: ExecutionContext) => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const access = {
      userId: 'u',
      organizationId: 'acme',
      installationAdministrator: false,
      organizationRole: null,
      accountRoles: [],
      active: true,
    };
    const { accountId } = request.params as { accountId: string };
    admit(request, { principal: { kind: 'user', id: 'u', access }, organizationId: 'acme', accountId, permissions: new Set() }, clock);
    return true;
  },
};

@Module({ providers: [{ provide: APP_GUARD, useValue: guard }] })
class Probe {}

describe('jobs over HTTP', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let jobs: RunningJobs;
  let app: NestFastifyApplication;
  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'sales', folders: [{ name: 'jobs', dir: jobsMigrations }] });
    databases = openDatabases({ url: postgres.url, service: 'sales', log });
    jobs = postgresJobs({ database: databases.writer, clock, log });
    for (const subject of ['shop/north', 'shop/south', 'shop/west'])
      await jobs.schedule('export-shipments', subject, { accountId: 'shop', everyMs: 60_000, payload: {} });
    const modules = [
      HttpModule.forService({ service: 'sales', cursorSecret: 's', log, views: { waitFor: async () => true, positionOf: async () => '' } }),
      AccountJobsModule.forService({ service: 'sales', jobs }),
    ];
    app = await NestFactory.create<NestFastifyApplication>({ module: Probe, imports: modules }, fastifyAdapter(), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await databases.close();
    await postgres.stop();
  });
  const path = (account: string, rest = '') => `/v1/sales/accounts/${account}/jobs${rest}`;
  const run = (subject: string) => `/export-shipments/${encodeURIComponent(subject)}/run`;
  const list = async (rest = '') => (await app.inject({ url: path('shop', rest) })).json();

  it('are listed page by page, with how they went and when they run next', async () => {
    const page = await list('?limit=2');
    expect(page.items[0]).toEqual({
      kind: 'export-shipments',
      subject: 'shop/north',
      lastRunAt: null,
      lastSuccessAt: null,
      nextRunAt: '2026-06-01T12:00:00.000Z',
      failures: 0,
      lastError: null,
      progress: { done: 0, of: null },
    });
    const next = await list(`?limit=2&cursor=${page.nextCursor}`);
    expect([...page.items, ...next.items].map(({ subject }: { subject: string }) => subject)).toEqual([
      'shop/north',
      'shop/south',
      'shop/west',
    ]);
    expect(next.nextCursor).toBeNull();
  });

  it('run when asked to: the worker does it', async () => {
    now = '2026-06-01T12:00:05.000Z';
    const answer = await app.inject({ method: 'POST', url: path('shop', run('shop/south')) });
    expect({ status: answer.statusCode, body: answer.json() }).toEqual({
      status: 202,
      body: { kind: 'export-shipments', subject: 'shop/south' },
    });
    expect((await list()).items.map(({ nextRunAt }: { nextRunAt: string }) => nextRunAt.slice(-6))).toEqual(['0.000Z', '5.000Z', '0.000Z']);
  });

  it('that are unknown or of another account are not there', async () => {
    expect((await app.inject({ url: path('other') })).json().items).toEqual([]);
    for (const url of [path('other', run('shop/south')), path('shop', run('shop/east'))]) {
      const answer = await app.inject({ method: 'POST', url });
      expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status: 404, code: 'not-found' });
    }
  });
});
