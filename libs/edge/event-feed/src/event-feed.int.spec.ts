import 'reflect-metadata';
import { Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { admit } from '@stockproof/access';
import { inMemoryEventStore, type EventStore } from '@stockproof/event-store';
import { fastifyAdapter, HttpModule } from '@stockproof/http-problems';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { projectionRunner, type ProjectionRunner } from '@stockproof/projections';
import { messageId, publishingMigrations, sourceOf, type Publication } from '@stockproof/publishing';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyRequest } from 'fastify';
import type { CloudEvent } from './cloud-event';
import { accountEventsProjection, EventFeedModule } from './index';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date().toISOString() };
const [shop, other, organization] = ['shop', 'other', 'organization'].map((name) => derivedId(name)) as [string, string, string];

/** Stands in for the guard of access: whoever asks is the user u. */
const guard: CanActivate = {
  canActivate: (context: ExecutionContext) => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { accountId } = request.params as { accountId: string };
    const access = {
      userId: 'u',
      organizationId: organization,
      installationAdministrator: false,
      organizationRole: null,
      accountRoles: [],
      active: true,
    };
    admit(
      request,
      { principal: { kind: 'user', id: 'u', access }, organizationId: organization, accountId, permissions: new Set() },
      clock,
    );
    return true;
  },
};

@Module({ providers: [{ provide: APP_GUARD, useValue: guard }] })
class Probe {}

const topic = 'stockproof.stock.notes.v1';
const type = (name: string) => `stockproof.stock.${name}.v1`;
/** A note is told twice over: what it says, and – to services alone – its secret. */
const publication: Publication = {
  handles: ['Noted'],
  facts: ({ data }) => ['noted', 'secret', 'counted'].map((name) => ({ type: type(name), topic, subject: 'note', data })),
  outside: ({ type: told, data }) => (told === type('secret') ? null : { text: data['text'] ?? null }),
};

type Page = { readonly events: readonly CloudEvent[]; readonly next: string | null };

describe('the event feed over HTTP', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let runner: ProjectionRunner;
  let app: NestFastifyApplication;
  let store: EventStore;
  /** A log that somebody restored has other events at the same places. */
  let restored = false;

  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'publishing', dir: publishingMigrations }] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log });
    store = inMemoryEventStore({ clock });
    const { owner, worker } = databases;
    runner = projectionRunner({ service: 'stock', store, owner, worker, projections: [accountEventsProjection], log });
    await runner.prepare();
    runner.start();
    const seen = {
      ...store,
      eventAt: async (at: string) => (restored ? { ...(await store.eventAt(at))!, id: derivedId('another') } : store.eventAt(at)),
    };
    const modules = [
      HttpModule.forService({ service: 'stock', cursorSecret: 's', log, views: runner.views }),
      EventFeedModule.forService({ service: 'stock', databases, store: seen, publication }),
    ];
    app = await NestFactory.create<NestFastifyApplication>({ module: Probe, imports: modules }, fastifyAdapter(), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await runner.stop();
    await databases.close();
    await postgres.stop();
  });

  let said = 0;
  const append = async (accountId: string | null, name: string, texts: readonly string[]): Promise<string> => {
    const stream = `stock.note-${accountId ?? organization}-1`;
    const events = texts.map((text) => {
      const id = derivedId('said', ++said);
      const meta = {
        commandId: id,
        correlationId: id,
        causationId: id,
        actor: 'service:test',
        organizationId: organization,
        accountId,
        effectiveAt: null,
        schemaVersion: 1,
      };
      return { id, type: name, data: { text, secret: 'hidden' }, meta };
    });
    const [appended] = await store.append([{ stream, expectedRevision: (await store.readStream(stream)).length, events }]);
    if (appended?.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(appended)}`);
    return appended.position;
  };
  const ask = (account: string, query: string, headers: Record<string, string> = {}) =>
    app.inject({ url: `/v1/stock/accounts/${account}/events${query}`, headers });
  const read = async (account: string, query: string, position?: string): Promise<Page> =>
    (await ask(account, query, position === undefined ? {} : { 'stockproof-min-position': `stock:${position}` })).json();
  const texts = ({ events }: Page) => events.map((event) => `${event.type.split('.')[2]} ${String(event.data['text'])}`);
  /** Everything from a place on, so many at a time. */
  const readAll = async (account: string, query: string, after: string | null = null): Promise<readonly string[]> => {
    const page = await read(account, `${query}${after === null ? '' : `&after=${after}`}`);
    return page.next === after || (page.events.length === 0 && page.next === null)
      ? []
      : [...texts(page), ...(await readAll(account, query, page.next))];
  };

  let last = '';
  it('has nothing of an account of which there is nothing', async () => {
    expect(await read(shop, '')).toEqual({ events: [], next: null });
  });

  it('tells what the topics tell, under the same names, less what only services need', async () => {
    await append(shop, 'Noted', ['one']);
    await append(null, 'Noted', ['of the organization']);
    await append(other, 'Noted', ['of another account']);
    await append(shop, 'Whispered', ['of no contract']);
    last = await append(shop, 'Noted', ['two', 'three']);
    const { events } = await read(shop, '', last);
    expect(events.map(({ type: told, data }) => [told, data])).toEqual(
      ['one', 'two', 'three'].flatMap((text) => ['noted', 'counted'].map((name) => [type(name), { text }])),
    );
    const [written] = await store.readStream(`stock.note-${shop}-1`);
    expect(events[1]).toEqual({
      ...{ specversion: '1.0', datacontenttype: 'application/json', type: type('counted'), subject: 'note', data: { text: 'one' } },
      ...{ id: messageId(written!.id, 2), source: sourceOf('stock', await store.logId(), 0), time: written!.recordedAt },
      ...{ organizationid: organization, accountid: shop, orderingkey: `${shop}/note`, sequence: 1, sourceposition: written!.position },
      ...{ correlationid: written!.id, causationid: written!.id },
    });
  });

  it.each([1, 2, 3, 4, 100])('tells each once and in order, %i at a time', async (limit) => {
    const all = ['one', 'two', 'three'].flatMap((text) => [`noted ${text}`, `counted ${text}`]);
    expect(await readAll(shop, `?limit=${limit}`)).toEqual(all);
    expect(await readAll(shop, `?limit=${limit}&type=${type('counted')}`)).toEqual(['counted one', 'counted two', 'counted three']);
  });

  it('goes on behind any position that the service has answered', async () => {
    const [first] = await store.readStream(`stock.note-${shop}-1`);
    expect(texts(await read(shop, `?after=stock:${first!.position}&limit=1`))).toEqual(['noted two']);
    expect((await read(shop, `?after=stock:${last}`)).events).toEqual([]);
  });

  it('moves on where nothing is of the types asked for, a bounded way at each call', async () => {
    for (let at = 0; at < 11; at++)
      last = await append(
        other,
        'Noted',
        Array.from({ length: 100 }, (_, n) => `${at}-${n}`),
      );
    last = await append(other, 'Noted', ['last']);
    const first = await read(other, `?type=${type('nothing')}`, last);
    const second = await read(other, `?type=${type('nothing')}&after=${first.next}`);
    const third = await read(other, `?after=${second.next}&type=${type('noted')}&limit=100`);
    expect([first.events.length, second.events.length, third.events.length]).toEqual([0, 0, 100]);
    // 500 events lie between two marks.
    expect(third.events[0]?.data['text']).toBe('9-99');
  });

  it('waits for what is to come, and no longer than it was asked to', async () => {
    const { next } = await read(shop, '?limit=100');
    const before = performance.now();
    expect((await read(shop, `?after=${next}&waitMs=300`)).events).toEqual([]);
    expect(performance.now() - before).toBeGreaterThan(290);
    const waiting = read(shop, `?after=${next}&waitMs=10000`);
    await append(shop, 'Noted', ['awaited']);
    expect(texts(await waiting)).toEqual(['noted awaited', 'counted awaited']);
  });

  it('tells the history that is published, where a log was restored', async () => {
    await databases.worker.query(
      sql("insert into publisher_checkpoint (publisher, log_id, generation) values ('main', $1, 2)", await store.logId()),
    );
    expect((await read(shop, '?limit=1')).events[0]?.source).toBe(sourceOf('stock', await store.logId(), 2));
  });

  it('says so where what was read is no longer there', async () => {
    const { next } = await read(shop, '?limit=1');
    restored = true;
    const answer = await ask(shop, `?after=${next}`);
    restored = false;
    expect([answer.statusCode, answer.json().code]).toEqual([410, 'history-replaced']);
  });

  it.each([
    ['made up', async () => 'bm8gc3VjaCBwbGFjZQ', 'invalid-cursor'],
    ['of another account', async () => (await read(other, '?limit=1')).next, 'invalid-cursor'],
    ['a position of another service', async () => `sales:${last}`, 'foreign-position'],
    ['no position', async () => 'stock:', 'foreign-position'],
  ])('takes no mark that is %s', async (_, mark, code) => {
    const answer = await ask(shop, `?after=${await mark()}`);
    expect([answer.statusCode, answer.json().code, answer.json().errors[0].pointer]).toEqual([400, code, '/query/after']);
  });
});
