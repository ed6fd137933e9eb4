import 'reflect-metadata';
import { Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { admit } from '@stockproof/access';
import { busTransportMigrations } from '@stockproof/bus-transport';
import { fastifyAdapter, HttpModule } from '@stockproof/http-problems';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import type { FastifyRequest } from 'fastify';
import { ParkedKeysModule } from './parked-keys.module';

const log = { warn: () => undefined, error: () => undefined };
const clock = { now: () => '2026-06-01T12:00:00.000Z' };

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

const message = (sequence: number) =>
  JSON.stringify({ id: `m-${sequence}`, type: 'stockproof.sales.t.v1', topic: 'stockproof.sales.x.v1', subject: 'order-1', sequence });

describe('parked keys over HTTP', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let app: NestFastifyApplication;
  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'bus-transport', dir: busTransportMigrations }] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log });
    for (const key of ['shop/order-1', 'shop/order-2', 'shop/order-3']) {
      await databases.worker.query(
        sql(
          "insert into parked_keys (consumer_group, ordering_key, organization_id, account_id, reason) values ('stock.allocation', $1, 'acme', 'shop', 'broken')",
          key,
        ),
      );
      for (const n of [1, 2])
        await databases.worker.query(
          sql("insert into parked_events (consumer_group, ordering_key, message) values ('stock.allocation', $1, $2)", key, message(n)),
        );
    }
    const modules = [
      HttpModule.forService({ service: 'stock', cursorSecret: 's', log, views: { waitFor: async () => true, positionOf: async () => '' } }),
      ParkedKeysModule.forService({ service: 'stock', databases }),
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
  const path = (account: string, rest = '') => `/v1/stock/accounts/${account}/parked-keys${rest}`;
  const first = `/stock.allocation/${encodeURIComponent('shop/order-1')}`;
  const requested = async () =>
    databases.worker.query(sql("select request, requested_by, request_reason from parked_keys where ordering_key = 'shop/order-1'"));

  it('are listed page by page, with what waits and why', async () => {
    const page = (await app.inject({ url: path('shop', '?limit=2') })).json();
    expect(page.items.map((item: { orderingKey: string }) => item.orderingKey)).toEqual(['shop/order-1', 'shop/order-2']);
    expect(page.items[0]).toEqual({
      group: 'stock.allocation',
      orderingKey: 'shop/order-1',
      reason: 'broken',
      parkedAt: expect.any(String),
      events: 2,
      first: { id: 'm-1', type: 'stockproof.sales.t.v1', topic: 'stockproof.sales.x.v1', subject: 'order-1', sequence: 1 },
      request: null,
      lastTriedAt: null,
    });
    const next = (await app.inject({ url: path('shop', `?limit=2&cursor=${page.nextCursor}`) })).json();
    expect(next.items.map((item: { orderingKey: string }) => item.orderingKey)).toEqual(['shop/order-3']);
    expect(next.nextCursor).toBeNull();
  });

  it('are asked to be replayed: the worker does it', async () => {
    const answer = await app.inject({ method: 'POST', url: path('shop', `${first}/replay`) });
    expect({ status: answer.statusCode, body: answer.json() }).toEqual({
      status: 202,
      body: { group: 'stock.allocation', orderingKey: 'shop/order-1', request: 'replay' },
    });
    expect(await requested()).toEqual([{ request: 'replay', requested_by: 'user:u', request_reason: null }]);
  });

  it('are skipped only for a reason', async () => {
    expect((await app.inject({ method: 'POST', url: path('shop', `${first}/skip`), payload: {} })).statusCode).toBe(400);
    expect(
      (await app.inject({ method: 'POST', url: path('shop', `${first}/skip`), payload: { reason: 'entered twice' } })).statusCode,
    ).toBe(202);
    expect(await requested()).toEqual([{ request: 'skip', requested_by: 'user:u', request_reason: 'entered twice' }]);
  });

  it('of another account are not there', async () => {
    expect((await app.inject({ url: path('other') })).json().items).toEqual([]);
    for (const what of ['replay', 'skip']) {
      const answer = await app.inject({
        method: 'POST',
        url: path('other', `${first}/${what}`),
        ...(what === 'skip' ? { payload: { reason: 'entered twice' } } : {}),
      });
      expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status: 404, code: 'not-found' });
    }
  });
});
