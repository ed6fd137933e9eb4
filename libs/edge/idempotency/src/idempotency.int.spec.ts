import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { Body, Controller, HttpCode, Module, Post, Res, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { admit, Caller } from '@stockproof/access';
import { fastifyAdapter, HttpModule, problem, ProblemException } from '@stockproof/http-problems';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import { plusMs } from '@stockproof/vocabulary';
import { IsInt } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Forgetting } from './forgetting';
import { AnswerNotKept, IdempotencyModule, idempotencyMigrations, RequiresIdempotencyKey } from './index';

class Amount {
  @IsInt()
  readonly amount!: number;
}

type Run = { readonly commandId: string; readonly issuedAt: string | undefined };
const runs: Run[] = [];
let outcome: (run: number) => unknown = (run) => ({ run });

@Controller('v1/stock/accounts/:accountId')
class ProbeController {
  @Post('moves')
  @RequiresIdempotencyKey()
  move(@Caller() caller: Caller, @Body() _: Amount, @Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('etag', `"${runs.length + 1}"`).header('stockproof-position', 'stock:7');
    return ran(caller);
  }

  @Post('notes')
  @HttpCode(202)
  note(@Caller() caller: Caller) {
    return ran(caller);
  }

  @Post('keys')
  @AnswerNotKept()
  key(@Caller() caller: Caller) {
    return ran(caller);
  }
}

const ran = (caller: Caller): unknown => {
  const { commandId, issuedAt } = caller.context();
  runs.push({ commandId, issuedAt });
  return outcome(runs.length);
};

let now = '2026-06-01T12:00:00.000Z';
const clock = { now: () => now };
const log = { warn: () => undefined, error: () => undefined };

/** Stands in for the guard of access: whoever says a name is that user. */
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
    admit(
      request,
      {
        principal: { kind: 'user', id: String(request.headers['x-user']), access },
        organizationId: 'acme',
        accountId,
        permissions: new Set(),
      },
      clock,
    );
    return true;
  },
};

@Module({ controllers: [ProbeController], providers: [{ provide: APP_GUARD, useValue: guard }] })
class Probe {}

let postgres: TestPostgres;
let databases: OpenDatabases;
let app: NestFastifyApplication;

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'idempotency', dir: idempotencyMigrations }] });
  databases = openDatabases({ url: postgres.url, service: 'stock', log });
  const modules = [
    HttpModule.forService({ service: 'stock', cursorSecret: 's', log, views: { waitFor: async () => true, positionOf: async () => '' } }),
    IdempotencyModule.forService({ databases, secret: 'of a test', clock, log }),
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
beforeEach(() => {
  now = '2026-06-01T12:00:00.000Z';
  runs.length = 0;
  outcome = (run) => ({ run });
});

let keys = 0;
const newKey = () => `key-${++keys}`;
type Sent = { readonly path?: string; readonly user?: string; readonly account?: string; readonly body?: object };
const send = (key: string | undefined, { path = 'moves', user = 'ann', account = 'shop', body = { amount: 1 } }: Sent = {}) =>
  app.inject({
    method: 'POST',
    url: `/v1/stock/accounts/${account}/${path}`,
    headers: { 'x-user': user, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    payload: body,
  });
const codeOf = (response: Awaited<ReturnType<typeof send>>) => ({ status: response.statusCode, code: response.json().code });
const commandIds = () => new Set(runs.map(({ commandId }) => commandId));

describe('a repeat', () => {
  it('gets the first answer, and nothing runs again', async () => {
    const key = newKey();
    const [first, again] = [await send(key), await send(key, { body: { amount: 1 } })];
    expect(again.statusCode).toBe(201);
    expect(again.body).toBe(first.body);
    expect(again.headers).toMatchObject({
      etag: '"1"',
      'stockproof-position': 'stock:7',
      'content-type': first.headers['content-type'],
      'idempotent-replayed': 'true',
    });
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(runs).toHaveLength(1);
  });

  it('keeps the status', async () => {
    const key = newKey();
    expect([await send(key, { path: 'notes' }), await send(key, { path: 'notes' })].map(({ statusCode }) => statusCode)).toEqual([
      202, 202,
    ]);
  });

  it('with another body or path is refused', async () => {
    const key = newKey();
    await send(key);
    expect(codeOf(await send(key, { body: { amount: 2 } }))).toEqual({ status: 422, code: 'idempotency-key-reused' });
    expect(codeOf(await send(key, { path: 'notes' }))).toEqual({ status: 422, code: 'idempotency-key-reused' });
    expect(runs).toHaveLength(1);
  });

  it("is nobody else's, nor another account's", async () => {
    const key = newKey();
    await send(key);
    await send(key, { user: 'bob', body: { amount: 2 } });
    await send(key, { account: 'other', body: { amount: 3 } });
    expect(commandIds().size).toBe(3);
  });

  it('is known by what was kept of the first before hashes had a key, answered or not', async () => {
    const key = newKey();
    const asked = `["POST","/v1/stock/accounts/shop/moves"]\n{"amount":1}`;
    const hash = createHash('sha256').update(asked).digest('base64url');
    const keep = (more: string) =>
      databases.writer.query(sql(`update idempotency_keys set request_hash = $2${more} where key = $1`, key, hash));
    await send(key);
    await keep('');
    expect((await send(key)).json()).toEqual({ run: 1 });
    expect(codeOf(await send(key, { body: { amount: 2 } }))).toEqual({ status: 422, code: 'idempotency-key-reused' });
    await keep(', status = null, headers = null, body = null');
    now = plusMs(now, 30_001);
    expect((await send(key)).json()).toEqual({ run: 2 });
    expect(commandIds().size).toBe(1);
  });

  it('gets a refusal again that was one of the business', async () => {
    const key = newKey();
    outcome = () => {
      throw new ProblemException(problem(422, 'not-enough', 'There is not enough'));
    };
    const [first, again] = [await send(key), await send(key)];
    expect(codeOf(again)).toEqual({ status: 422, code: 'not-enough' });
    expect(again.headers).toMatchObject({ 'content-type': 'application/problem+json', 'idempotent-replayed': 'true' });
    expect(again.body).toBe(first.body);
    expect(runs).toHaveLength(1);
  });
});

describe('what is not kept', () => {
  it('leaves the key free for a repaired request', async () => {
    const key = newKey();
    expect((await send(key, { body: { amount: 'one' } })).statusCode).toBe(400);
    expect((await send(key, { body: { amount: 1 } })).statusCode).toBe(201);
    expect(runs).toHaveLength(1);
  });

  it.each([
    ['our own failure', () => new Error('lost connection'), 500],
    ['a lost race', () => new ProblemException(problem(409, 'concurrent-modification', 'Race', { retryable: true })), 409],
    ['a view behind', () => new ProblemException(problem(503, 'projection-behind', 'Behind')), 503],
  ])('%s is tried again under the same command id, by the same request only', async (_, failure, status) => {
    const key = newKey();
    outcome = (run) => {
      if (run === 1) throw failure();
      return { run };
    };
    expect((await send(key)).statusCode).toBe(status);
    now = plusMs(now, 60_000);
    expect(codeOf(await send(key, { body: { amount: 2 } })).status).toBe(422);
    expect((await send(key)).json()).toEqual({ run: 2 });
    expect(commandIds().size).toBe(1);
    expect(runs.map(({ issuedAt }) => issuedAt)).toEqual(['2026-06-01T12:00:00.000Z', '2026-06-01T12:00:00.000Z']);
  });

  it('holds a secret: a repeat runs again under the same command id', async () => {
    const key = newKey();
    await send(key, { path: 'keys' });
    expect((await send(key, { path: 'keys' })).json()).toEqual({ run: 2 });
    expect(commandIds().size).toBe(1);
    expect(await databases.writer.query(sql('select 1 from idempotency_keys where key = $1 and body is not null', key))).toEqual([]);
  });
});

describe('while the first still runs', () => {
  it('the second is asked to come back, and takes over under the same command id once the lease has run out', async () => {
    const key = newKey();
    const held = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    outcome = async (run) => {
      if (run === 1) started.resolve();
      if (run === 1) await held.promise;
      return { run };
    };
    const first = send(key).then((response) => response);
    await started.promise;
    const early = await send(key);
    expect(codeOf(early)).toEqual({ status: 409, code: 'request-in-progress' });
    expect(early.headers['retry-after']).toBe('1');
    now = plusMs(now, 30_001);
    expect((await send(key)).json()).toEqual({ run: 2 });
    expect(commandIds().size).toBe(1);
    held.resolve();
    expect((await first).json()).toEqual({ run: 1 });
    expect((await send(key)).json()).toEqual({ run: 2 });
  });

  it('of many at once one runs', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(key)));
    expect(runs).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode !== 201 && statusCode !== 409)).toEqual([]);
  });
});

describe('the key itself', () => {
  it('is required where stock or orders move, and nowhere malformed', async () => {
    expect(codeOf(await send(undefined))).toEqual({ status: 400, code: 'idempotency-key-missing' });
    expect(codeOf(await send('a b'))).toEqual({ status: 400, code: 'idempotency-key-malformed' });
    expect(codeOf(await send('', { path: 'notes' }))).toEqual({ status: 400, code: 'idempotency-key-malformed' });
    expect((await send(undefined, { path: 'notes' })).statusCode).toBe(202);
    expect(runs).toHaveLength(1);
  });

  it('is forgotten after 72 hours', async () => {
    const key = newKey();
    await send(key);
    now = plusMs(now, 72 * 3_600_000 + 1);
    expect((await send(key, { body: { amount: 2 } })).json()).toEqual({ run: 2 });
    now = plusMs(now, 72 * 3_600_000 + 1);
    await app.get(Forgetting, { strict: false }).round();
    expect(await databases.writer.query(sql('select 1 from idempotency_keys'))).toEqual([]);
  });
});
