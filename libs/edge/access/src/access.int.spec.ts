import 'reflect-metadata';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandContext } from '@stockproof/command-handling';
import type { JsonObject } from '@stockproof/decider';
import { fastifyAdapter, HttpModule } from '@stockproof/http-problems';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import {
  accountAccessChangedV1,
  apiKeyCreatedV1,
  apiKeyRevokedV1,
  signingKeyPublishedV1,
  userAccessChangedV1,
  type UserAccessChangedV1,
} from '@stockproof/tenancy-contracts';
import {
  AccessModule,
  accessMigrations,
  Caller,
  newApiKey,
  newSigningKey,
  PublicRoute,
  Requires,
  signAccessToken,
  SignedIn,
  type SigningKey,
} from './index';
import { accessRows } from './consumes/access-rows';

const id = (tail: string) => `0199b0f0-0000-7000-8000-${tail.padStart(12, '0')}`;
const [acme, other, shop, sibling, foreignShop, closed] = ['a1', 'a2', 'b1', 'b2', 'b3', 'b4'].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

@Controller('v1/sales')
class ProbeController {
  @Get('accounts/:accountId/orders')
  @Requires('order:read')
  orders(@Caller() caller: Caller) {
    return { organizationId: caller.organizationId, accountId: caller.accountId, can: [...caller.permissions] };
  }

  @Post('accounts/:accountId/orders')
  @Requires('order:write')
  order(@Caller() caller: Caller): CommandContext[] {
    return [caller.context(), caller.context(), caller.context('line 1')];
  }

  @Post('accounts/:accountId/enable')
  @Requires('account:enable', { whileDisabled: true })
  enable() {
    return {};
  }

  @Get('organizations/:organizationId/users')
  @Requires('organization:read')
  users() {
    return {};
  }

  @Post('organizations')
  @Requires('organization:create')
  create(@Caller() caller: Caller<null>) {
    return { organizationId: caller.organizationId };
  }

  @Get('me')
  @SignedIn()
  me(@Caller() caller: Caller<null>) {
    return { is: caller.principal.kind };
  }

  @Get('keys')
  @PublicRoute()
  keys(@Caller() caller: Caller<null> | undefined) {
    return { caller: caller ?? null };
  }

  @Get('forgotten')
  forgotten() {
    return 'secret';
  }
}

let now = '2026-06-01T12:00:00.000Z';
const clock = { now: () => now };
const log = { warn: () => undefined, error: () => undefined };

@Module({ controllers: [ProbeController] })
class Probe {}

let postgres: TestPostgres;
let databases: OpenDatabases;
let app: NestFastifyApplication;
let signing: SigningKey;
let position = 0;

const message = (type: string, data: JsonObject): DeliveredMessage => ({
  id: `m${position}`,
  type,
  data,
  source: 'stockproof/tenancy/log',
  subject: 's',
  time: now,
  topic: 't',
  partitionKey: 'k',
  orderingKey: 'k',
  organizationId: acme,
  accountId: null,
  sequence: 1,
  sourcePosition: String(++position).padStart(6, '0'),
  ordinal: 0,
  correlationId: 'c',
  causationId: 'c',
  partition: 0,
  offset: '1',
});
const hear = async (...messages: readonly DeliveredMessage[]) => {
  for (const statement of accessRows(messages)) await databases.worker.query(statement);
};
const user = (userId: string, more: Partial<UserAccessChangedV1>) =>
  message(userAccessChangedV1.type, {
    userId,
    organizationId: acme,
    installationAdministrator: false,
    organizationRole: null,
    accountRoles: [],
    active: true,
    ...more,
  });
const account = (accountId: string, organizationId: string, enabled = true) =>
  message(accountAccessChangedV1.type, { accountId, organizationId, enabled });
const keyCreated = (keyId: string, hash: string, more: JsonObject = {}) =>
  message(apiKeyCreatedV1.type, {
    keyId,
    hash,
    scopes: ['order:read', 'order:read-minds'],
    organizationId: acme,
    accountId: shop,
    expiresAt: null,
    mode: 'live',
    ...more,
  });
const feedRead = (at: string) =>
  databases.worker.query(
    sql('insert into access_feed values (true, $1) on conflict (singleton) do update set read_to_end_at = excluded.read_to_end_at', at),
  );

const as = async (userId: string) => `Bearer ${await signAccessToken(signing, userId, clock)}`;
const get = (path: string, authorization?: string) =>
  app.inject({ method: 'GET', url: `/v1/sales${path}`, headers: authorization === undefined ? {} : { authorization } });
const post = (path: string, authorization: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: `/v1/sales${path}`, headers: { authorization, ...headers } });
const orders = (accountId: string) => `/accounts/${accountId}/orders`;
const eventually = async (probe: () => Promise<unknown>, expected: unknown, withinMs: number) => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await probe();
    if (seen === expected) return;
    if (performance.now() > deadline)
      throw new Error(`within ${withinMs} ms: last seen ${JSON.stringify(seen)}, expected ${JSON.stringify(expected)}`);
    await delay(20);
  }
};

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({ url: postgres.url, service: 'sales', folders: [{ name: 'access', dir: accessMigrations }] });
  databases = openDatabases({ url: postgres.url, service: 'sales', log });
  signing = await newSigningKey();
  const modules = [
    HttpModule.forService({ service: 'sales', cursorSecret: 's', log, views: { waitFor: async () => true, positionOf: async () => '' } }),
    AccessModule.forService({
      service: 'sales',
      databases,
      bus: { lag: async () => [] },
      clock,
      log,
      worker: false,
      unknownWaitMs: 400,
      rememberMs: 300,
    }),
  ];
  app = await NestFactory.create<NestFastifyApplication>({ module: Probe, imports: modules }, fastifyAdapter(), { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await feedRead(now);
  await hear(
    message(signingKeyPublishedV1.type, { keyId: signing.keyId, publicJwk: signing.publicJwk }),
    ...[shop, sibling].map((accountId) => account(accountId, acme)),
    account(foreignShop, other),
    account(closed, acme, false),
    user('owner', { organizationRole: 'owner' }),
    user('operator', {
      accountRoles: [
        { accountId: shop, role: 'operator' },
        { accountId: closed, role: 'operator' },
      ],
    }),
    user('viewer', { organizationRole: 'viewer' }),
    user('root', { organizationId: null, installationAdministrator: true }),
    user('stranger', { organizationId: other, organizationRole: 'owner' }),
    user('gone', { organizationRole: 'owner', active: false }),
  );
});
afterAll(async () => {
  await app.close();
  await databases.close();
  await postgres.stop();
});
afterEach(async () => {
  now = '2026-06-01T12:00:00.000Z';
  await feedRead(now);
});

describe('people', () => {
  it('reach what their role reaches', async () => {
    const response = await get(orders(shop), await as('operator'));
    expect(response.json()).toMatchObject({ organizationId: acme, accountId: shop });
    expect(response.json().can).not.toContain('order:approve');
    expect((await get(orders(sibling), await as('owner'))).statusCode).toBe(200);
  });

  it('are told that there is nothing only when all that was said before has been heard', async () => {
    const owner = await as('owner');
    now = '2026-06-01T12:00:05.000Z';
    const unheard = await get(orders('99999999-9999-4999-8999-999999999991'), owner);
    expect([unheard.statusCode, unheard.json().code, unheard.json().retryable]).toEqual([503, 'access-unknown', true]);
    await feedRead(now);
    expect((await get(orders('99999999-9999-4999-8999-999999999992'), owner)).statusCode).toBe(404);
  });

  it('find nothing where they have no business, whether it exists or not', async () => {
    const answers = await Promise.all([
      get(orders(foreignShop), await as('owner')),
      get(orders(id('ff')), await as('owner')),
      get(orders(sibling), await as('operator')),
      get(orders('x'), await as('owner')),
    ]);
    for (const answer of answers)
      expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status: 404, code: 'not-found' });
    expect((await get(`/organizations/${other}/users`, await as('owner'))).statusCode).toBe(404);
  });

  it('are told which permission they lack at home', async () => {
    const response = await post(orders(shop), await as('viewer'));
    expect(response.statusCode).toBe(403);
    expect(response.json().detail).toContain('order:write');
    expect((await get(`/organizations/${acme}/users`, await as('operator'))).statusCode).toBe(403);
  });

  it('without a genuine credential are nobody', async () => {
    const forged = await signAccessToken({ ...(await newSigningKey()), keyId: signing.keyId }, 'owner', clock);
    for (const authorization of [undefined, 'Basic eDp5', 'Bearer', 'Bearer x', `Bearer ${forged}`, await as('gone'), await as('nobody')]) {
      const response = await get(orders(shop), authorization);
      expect({ authorization, status: response.statusCode }).toEqual({ authorization, status: 401 });
      expect(response.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('who installed it create organizations and nothing else', async () => {
    expect((await post('/organizations', await as('root'))).json()).toEqual({ organizationId: '' });
    expect((await get(orders(shop), await as('root'))).statusCode).toBe(404);
    expect((await get(`/organizations/${acme}/users`, await as('root'))).statusCode).toBe(404);
    expect((await post('/organizations', await as('owner'))).statusCode).toBe(403);
  });

  it('of a disabled account are locked out; its organization reads on and may enable it', async () => {
    expect((await get(orders(closed), await as('operator'))).json().code).toBe('account-disabled');
    expect((await get(orders(closed), await as('viewer'))).statusCode).toBe(200);
    expect((await post(orders(closed), await as('owner'))).json().code).toBe('account-disabled');
    expect((await post(`/accounts/${closed}/enable`, await as('owner'))).statusCode).toBe(201);
  });

  it('signed in may ask who they are; public routes ask nobody', async () => {
    expect((await get('/me', await as('operator'))).json()).toEqual({ is: 'user' });
    expect((await get('/me')).statusCode).toBe(401);
    expect((await get('/keys')).json()).toEqual({ caller: null });
  });
});

describe('machines', () => {
  it("do what their key's scopes say, in its account", async () => {
    const { key, hash } = newApiKey('live');
    await hear(keyCreated('k1', hash));
    expect((await get(orders(shop), `Bearer ${key}`)).json().can).toEqual(['order:read']);
    expect((await post(orders(shop), `Bearer ${key}`)).statusCode).toBe(403);
    expect((await get(orders(sibling), `Bearer ${key}`)).statusCode).toBe(404);
    expect((await get(`/organizations/${acme}/users`, `Bearer ${key}`)).statusCode).toBe(403);
    await eventually(async () => (await databases.worker.query(sql("select 1 from access_key_uses where key_id = 'k1'"))).length, 1, 2_000);
  });

  it('with an expired or unknown key are nobody', async () => {
    const { key, hash } = newApiKey('test');
    await hear(keyCreated('k2', hash, { expiresAt: '2026-06-01T12:00:10.000Z' }));
    expect((await get(orders(shop), `Bearer ${key}`)).statusCode).toBe(200);
    now = '2026-06-01T12:00:11.000Z';
    await feedRead(now);
    expect((await get(orders(shop), `Bearer ${key}`)).statusCode).toBe(401);
    expect((await get(orders(shop), `Bearer ${newApiKey('live').key}`)).statusCode).toBe(401);
  });
});

describe('news from tenancy', () => {
  it('refuses what was revoked within two seconds, and for ever', async () => {
    const { key, hash } = newApiKey('live');
    const created = keyCreated('k3', hash);
    await hear(created, user('fired', { organizationRole: 'owner' }));
    const fired = await as('fired');
    expect((await get(orders(shop), `Bearer ${key}`)).statusCode).toBe(200);
    expect((await get(orders(shop), fired)).statusCode).toBe(200);
    await hear(message(apiKeyRevokedV1.type, { keyId: 'k3' }), user('fired', { organizationRole: 'owner', active: false }), created);
    await eventually(async () => (await get(orders(shop), `Bearer ${key}`)).statusCode, 401, 2_000);
    await eventually(async () => (await get(orders(shop), fired)).statusCode, 401, 2_000);
  });

  it('is waited for by who comes before it', async () => {
    const [newAccount, { key, hash }] = [id('c1'), newApiKey('live')];
    const asked = Promise.all([
      get(orders(newAccount), await as('owner')),
      get(orders(shop), `Bearer ${key}`),
      get(orders(shop), await as('newcomer')),
    ]);
    await hear(account(newAccount, acme), keyCreated('k4', hash), user('newcomer', { organizationRole: 'viewer' }));
    expect((await asked).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  });

  it('said earlier does not undo what was said later', async () => {
    const before = user('promoted', { organizationRole: 'viewer' });
    await hear(user('promoted', { organizationRole: 'owner' }), before);
    expect((await post(orders(shop), await as('promoted'))).statusCode).toBe(201);
  });

  it('of a shape that cannot be is poison', () => {
    expect(() => accessRows([message(apiKeyCreatedV1.type, { keyId: 'k' })])).toThrow(
      expect.objectContaining({ name: 'Error', poison: expect.anything() }),
    );
    expect(accessRows([message('stockproof.tenancy.something-new.v1', {})])).toEqual([]);
  });

  it('not heard for too long is not trusted', async () => {
    const owner = await as('owner');
    expect((await get(orders(shop), owner)).statusCode).toBe(200);
    now = '2026-06-01T12:00:31.000Z';
    const refused = await get(orders(shop), owner);
    expect({ status: refused.statusCode, code: refused.json().code }).toEqual({ status: 503, code: 'access-unknown' });
    expect((await get('/keys')).statusCode).toBe(200);
    await feedRead(now);
    await eventually(async () => (await get(orders(shop), owner)).statusCode, 200, 2_000);
  });
});

describe('the context of a command', () => {
  const contexts = async (path: string, headers: Record<string, string> = {}): Promise<CommandContext[]> =>
    (await post(path, await as('owner'), headers)).json();
  const [first, second] = ['order-7', 'order-8'];

  it('says who, where and since when', async () => {
    const [context] = await contexts(orders(shop), { 'x-correlation-id': 'c-7' });
    expect(context).toMatchObject({ actor: 'user:owner', organizationId: acme, accountId: shop, correlationId: 'c-7', issuedAt: now });
    expect(context!.causationId).toBe(context!.commandId);
    expect(context!.traceparent).toMatch(/^00-/);
  });

  it('has the same command id when the request comes again under its key, and no other', async () => {
    const [one, again, seeded] = await contexts(orders(shop), { 'idempotency-key': first });
    const [repeat, , repeatSeeded] = await contexts(orders(shop), { 'idempotency-key': first });
    expect(new Set([one!.commandId, again!.commandId, repeat!.commandId]).size).toBe(1);
    expect(seeded!.commandId).toBe(repeatSeeded!.commandId);
    const others = [
      (await contexts(orders(shop), { 'idempotency-key': second }))[0],
      (await contexts(orders(sibling), { 'idempotency-key': first }))[0],
      (await contexts(orders(shop)))[0],
      (await contexts(orders(shop)))[0],
      seeded,
    ];
    expect(new Set([one, ...others].map((context) => context!.commandId)).size).toBe(6);
  });

  it('is as old as a UUIDv7 key', async () => {
    const [context] = await contexts(orders(shop), { 'idempotency-key': '017f22e2-79b0-7cc3-98c4-dc0c0c07398f' });
    expect(context!.issuedAt).toBe('2022-02-22T19:22:22.000Z');
  });
});

it('fails closed where an operation does not say who may call it', async () => {
  expect((await get('/forgotten', await as('owner'))).statusCode).toBe(500);
});
