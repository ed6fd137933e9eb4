import 'reflect-metadata';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { admit } from '@stockproof/access';
import { fastifyAdapter, HttpModule, problem, ProblemException } from '@stockproof/http-problems';
import { inMemoryJobs } from '@stockproof/jobs';
import { inMemoryPersonalData } from '@stockproof/personal-data';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import type { FastifyRequest } from 'fastify';
import { fileKind } from './any-file-kind';
import type { FileRow, ImportedFor, RowOutcome } from './file-kind';
import { filesToTake } from './file-store';
import { fileLimitBytes } from './receiving/file-body';
import { FileImportsModule } from './file-imports.module';
import { fileImportsMigrations } from './migrations';

const log = { warn: () => undefined, error: () => undefined };
const account = '11111111-1111-4111-8111-111111111111';
const other = 'abcdefab-2222-4222-8222-222222222222';

/** Stands in for the guard of access: whoever asks is the user u, in whatever account. */
const guard = (clock: { readonly now: () => string }): CanActivate => ({
  canActivate: (context: ExecutionContext) => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const access = {
      userId: 'u',
      organizationId: other,
      installationAdministrator: false,
      organizationRole: null,
      accountRoles: [],
      active: true,
    };
    if (request.headers.authorization === 'nobody') throw new ProblemException(problem(401, 'unauthenticated', 'Who are you?'));
    const { accountId } = request.params as { accountId: string };
    admit(request, { principal: { kind: 'user', id: 'u', access }, organizationId: other, accountId, permissions: new Set() }, clock);
    return true;
  },
});

describe('files over HTTP', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let app: NestFastifyApplication;
  let now = '2026-06-01T12:00:00.000Z';
  const clock = { now: () => now };
  let jobs: ReturnType<typeof inMemoryJobs>;
  let applied: string[] = [];
  let breaksAt: string | null = null;

  const apply = async (rows: readonly FileRow<string>[], { contextOf }: ImportedFor): Promise<readonly RowOutcome[]> =>
    rows.map(({ row, item }) => {
      if (item === breaksAt) throw new Error('the process is gone');
      applied.push(`${item} ${contextOf(row).commandId.slice(0, 4)}`);
      return item === 'known'
        ? { row, outcome: 'skipped', code: 'already-there', message: null }
        : { row, outcome: 'taken', code: null, message: null };
    });
  const words = fileKind<string>({
    ...{ name: 'words', summary: 'Words, one a line', mediaTypes: ['text/csv'], permission: 'stock:adjust', atOnce: 2 },
    options: { channelId: { description: 'where from', required: true, format: 'uuid' } },
    parse: (text) =>
      text.startsWith('#')
        ? { outcome: 'unreadable', code: 'no-words', message: 'these are no words' }
        : {
            outcome: 'read',
            rows: text.split('\n').flatMap((item, at) => (item === '' || item === '?' ? [] : [{ row: at + 1, item }])),
            faults: text
              .split('\n')
              .flatMap((item, at) => (item === '?' ? [{ row: at + 1, code: 'no-word', message: 'this is no word' }] : [])),
          },
    apply,
  });

  const at = (path: string, of = account) => `/v1/stock/accounts/${of}/imports${path}`;
  const send = (
    payload: string | Buffer,
    { type = 'text/csv; charset=utf-8', query = `?channelId=${other}&name=a.csv`, of = account } = {},
  ) => app.inject({ method: 'POST', url: at(`/words${query}`, of), headers: { 'content-type': type }, payload });
  const get = async (path: string, of = account) => app.inject({ method: 'GET', url: at(path, of) });
  const pass = async (ms: number) => {
    now = new Date(Date.parse(now) + ms).toISOString();
    await jobs.advance();
  };

  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'file-imports', dir: fileImportsMigrations }] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log });
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    await databases.owner.query(sql('truncate file_imports, file_import_rows'));
    [applied, breaksAt, jobs] = [[], null, inMemoryJobs(clock)];
    const imports = [
      HttpModule.forService({ service: 'stock', cursorSecret: 's', log, views: { waitFor: async () => true, positionOf: async () => '' } }),
      FileImportsModule.forService({ service: 'stock', kinds: [words], databases, personalData: inMemoryPersonalData(), jobs, clock }),
    ];
    @Module({ providers: [{ provide: APP_GUARD, useValue: guard(clock) }] })
    class Probe {}
    app = await NestFactory.create<NestFastifyApplication>({ module: Probe, imports }, fastifyAdapter(), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterEach(() => app.close());

  it('are kept, answered, taken in their order, and told row by row', async () => {
    const answer = await send('one\nknown\n?\ntwo\n');
    expect([answer.statusCode, answer.json<object>()]).toEqual([
      202,
      expect.objectContaining({ status: 'waiting', kind: 'words', name: 'a.csv' }),
    ]);
    await pass(0);
    const { fileId } = answer.json<{ fileId: string }>();
    expect((await get(`/${fileId}`)).json()).toMatchObject({
      status: 'done',
      progress: { done: 4, of: 4 },
      counts: { taken: 2, skipped: 1, refused: 1 },
    });
    expect((await get(`/${fileId}/rows`)).json<{ items: unknown[] }>().items).toEqual([
      { row: 2, outcome: 'skipped', code: 'already-there', message: null },
      { row: 3, outcome: 'refused', code: 'no-word', message: 'this is no word' },
    ]);
    expect(applied.map((each) => each.split(' ')[0])).toEqual(['one', 'known', 'two']);
    expect((await get('')).json<{ items: unknown[] }>().items).toHaveLength(1);
  });

  it('are the same file when they are sent again, and nothing is taken twice', async () => {
    const first = (await send('one')).json<{ fileId: string }>();
    await pass(0);
    const again = await send('one', { query: `?channelId=${other.toUpperCase()}&name=a.csv` });
    await pass(60_000);
    expect(again.json()).toMatchObject({ fileId: first.fileId, status: 'done' });
    expect(applied).toHaveLength(1);
    expect((await send('one', { query: `?channelId=${account}` })).json<{ fileId: string }>().fileId).not.toBe(first.fileId);
  });

  it('go on from the last batch after a run that broke off, under the same command ids', async () => {
    breaksAt = 'four';
    const { fileId } = (await send('one\ntwo\nthree\nfour\nfive')).json<{ fileId: string }>();
    await pass(0);
    expect((await get(`/${fileId}`)).json()).toMatchObject({ status: 'running', progress: { done: 2, of: 5 } });
    breaksAt = null;
    await pass(60_000);
    expect((await get(`/${fileId}`)).json()).toMatchObject({ status: 'done', counts: { taken: 5 } });
    const third = applied.filter((each) => each.startsWith('three'));
    expect([third.length, new Set(third).size]).toEqual([2, 1]);
    expect(applied.filter((each) => each.startsWith('one'))).toHaveLength(1);
  });

  it('are not kept once they have been taken, and lie there encrypted until then', async () => {
    await send('a-name-and-an-address');
    const lying = () => databases.owner.query<{ text: string }>(sql("select coalesce(content::text, '') as text from file_imports"));
    expect((await lying())[0]?.text).toContain('sealed');
    await pass(0);
    expect((await lying())[0]?.text).toBe('');
    expect(await jobs.status(account)).toEqual([]);
  });

  it('of any characters are taken, as large as they may be', async () => {
    const { fileId } = (await send(Buffer.alloc(fileLimitBytes, 1))).json<{ fileId: string }>();
    await pass(0);
    expect((await get(`/${fileId}`)).json()).toMatchObject({ status: 'done', counts: { taken: 1 } });
  });

  it('are counted once, though two runs take the same rows', async () => {
    const { fileId } = (await send('one\ntwo\nthree')).json<{ fileId: string }>();
    const files = filesToTake(databases.worker);
    const outcomes = [1, 2].map((row) => ({ row, outcome: 'taken' as const, code: null, message: null }));
    await files.advance({ accountId: account, fileId }, { from: 0, outcomes, of: 3, sums: {} });
    await expect(files.advance({ accountId: account, fileId }, { from: 0, outcomes, of: 3, sums: {} })).rejects.toThrow('somebody else');
    expect((await get(`/${fileId}`)).json()).toMatchObject({ progress: { done: 2, of: 3 }, counts: { taken: 2 } });
  });

  it('that are no such files fail as a whole and say why', async () => {
    const { fileId } = (await send('# no')).json<{ fileId: string }>();
    await pass(0);
    expect((await get(`/${fileId}`)).json()).toMatchObject({
      status: 'failed',
      error: 'no-words: these are no words',
      counts: { taken: 0 },
    });
  });

  it.each<[string, number, Parameters<typeof send>]>([
    ['another media type', 415, ['x', { type: 'application/xml' }]],
    ['JSON', 415, ['{}', { type: 'application/json' }]],
    ['our own word for files', 415, ['x', { type: 'application/x-stockproof-file' }]],
    ['no text', 422, [Buffer.from([0xff, 0xfe, 0x41])]],
    ['NUL', 422, ['a\u0000b']],
    ['nothing', 422, ['   ']],
    ['no channel', 400, ['x', { query: '' }]],
    ['a channel that is none', 400, ['x', { query: '?channelId=7' }]],
    ['an unknown option', 400, ['x', { query: `?channelId=${other}&surprise=1` }]],
    ['too large a file', 413, [Buffer.alloc(65 * 1_048_576, 65)]],
  ])('refuse %s', async (_, status, [payload, how]) => {
    expect((await send(payload, how)).statusCode).toBe(status);
    expect((await get('')).json<{ items: unknown[] }>().items).toEqual([]);
  });

  it('are not read from somebody who is not let in, and not waited for when they are too large', async () => {
    await app.listen(0, '127.0.0.1');
    const begin = (headers: Readonly<Record<string, string>>) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const url = `${(app.getHttpServer().address() as AddressInfo).port}${at(`/words?channelId=${other}`)}`;
        const sending = httpRequest(
          `http://127.0.0.1:${url}`,
          { method: 'POST', headers: { 'content-type': 'text/csv', ...headers } },
          (answer) => {
            answer.resume().once('end', () => sending.destroy());
            resolve(answer);
          },
        );
        sending.once('error', reject);
        // The first of very many bytes, and then nothing more.
        sending.write('one');
      });
    const nobody = await begin({ authorization: 'nobody', 'content-length': '1000000' });
    expect([nobody.statusCode, nobody.headers.connection]).toEqual([401, 'close']);
    const large = await begin({ 'content-length': String(fileLimitBytes + 1) });
    expect([large.statusCode, large.headers.connection]).toEqual([413, 'close']);
    expect((await get('')).json<{ items: unknown[] }>().items).toEqual([]);
  });

  it('of another account are not there', async () => {
    const { fileId } = (await send('one')).json<{ fileId: string }>();
    expect((await get(`/${fileId}`, other)).statusCode).toBe(404);
    expect((await get('', other)).json<{ items: unknown[] }>().items).toEqual([]);
  });
});
