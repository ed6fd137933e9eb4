import 'reflect-metadata';
import { Body, Controller, Get, Module, Post, Query, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiProperty, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Handled } from '@stockproof/command-handling';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsEmail, IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';
import type { FastifyReply } from 'fastify';
import {
  answer,
  ApiPage,
  AwaitsView,
  completeDocument,
  Cursors,
  explained,
  fastifyAdapter,
  HttpModule,
  IfMatch,
  ListQuery,
  problem,
  Problems,
  QueryFlag,
  RequiredIfMatch,
  UuidParam,
  type ProblemMap,
} from './index';

type NotEnough = { readonly type: 'NotEnough'; readonly missing: number };
type Gone = { readonly type: 'Gone' };
type Outcome = Handled<{ type: 'Done'; data: Record<string, never> }, NotEnough | Gone>;

const problems: ProblemMap<NotEnough | Gone> = {
  NotEnough: explained(problem(422, 'not-enough', 'There is not enough'), ({ missing }: NotEnough) => ({ detail: `${missing} missing` })),
  Gone: problem(409, 'gone', 'It is gone'),
};

class Line {
  @ApiProperty()
  @IsString()
  readonly sku!: string;
  @ApiProperty({ type: 'integer' })
  @IsInt()
  @Min(1)
  readonly quantity!: number;
}

class Order {
  @ApiProperty({ type: [Line] })
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => Line)
  readonly lines!: readonly Line[];
  /** Its rule throws at a lone surrogate. */
  @IsOptional()
  @IsEmail()
  readonly email?: string;
}

class Things extends ListQuery {
  @QueryFlag({ description: 'Only the open ones' })
  readonly open?: boolean;
}

const rejected = (rejection: Extract<Outcome, { outcome: 'rejected' }>['rejection']): Outcome => ({
  outcome: 'rejected',
  rejection,
  revision: 3,
});
const outcomes: Record<string, Outcome> = {
  accepted: { outcome: 'accepted', events: [{ type: 'Done', data: {} }], revision: 7, position: '0000042', repeated: false },
  notEnough: rejected({ type: 'NotEnough', missing: 2 }),
  gone: rejected({ type: 'Gone' }),
  concurrent: rejected({ type: 'ConcurrentModification' }),
  old: rejected({ type: 'CommandTooOld' }),
  mismatch: rejected({ type: 'RevisionMismatch', actualRevision: 3 }),
  unstorable: rejected({ type: 'NotStorable', reason: 'too large' }),
};
let next: Outcome;
let waited: unknown[] = [];

@Controller('v1/sales/things')
class ThingsController {
  constructor(private readonly cursors: Cursors) {}

  @Post()
  @ApiCreatedResponse()
  @Problems(problems)
  create(@Body() order: Order) {
    return { lines: order.lines.length };
  }

  @Post('act')
  act(@Res({ passthrough: true }) reply: FastifyReply) {
    return { events: answer(next, problems, reply).events.length };
  }

  @Get()
  @ApiPage(Line)
  @AwaitsView('things')
  list(@Query() query: Things) {
    const place = this.cursors.after<{ n: number }>('things', query)?.n ?? 0;
    const rows = Array.from({ length: 120 - place }, (_, at) => place + at + 1).slice(0, query.limit + 1);
    return this.cursors.page('things', query, rows, { item: (n) => ({ n, open: query.open ?? null }), place: (n) => ({ n }) });
  }

  @Get('broken')
  broken() {
    throw new Error('password=hunter2');
  }

  @Get('away')
  away() {
    throw new Error('the database is away');
  }

  @Get('edit')
  edit(@IfMatch() revision: number | null) {
    return { revision };
  }

  @Get('replace')
  replace(@RequiredIfMatch() revision: number | null) {
    return { revision };
  }

  @Get(':id')
  one(@UuidParam('id') id: string) {
    return { id };
  }
}

const errors: object[] = [];

@Module({
  imports: [
    HttpModule.forService({
      service: 'sales',
      cursorSecret: 's',
      log: { error: (details) => void errors.push(details) },
      isTransient: (error) => error instanceof Error && error.message === 'the database is away',
      views: {
        waitFor: async (...asked: readonly unknown[]) => {
          waited.push(asked);
          return asked[1] !== '999';
        },
        positionOf: async () => '',
      },
    }),
  ],
  controllers: [ThingsController],
})
class Things1 {}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(Things1, fastifyAdapter(), { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url: `/v1/sales/things${url}`, headers });
const post = (payload: unknown, url = '') =>
  app.inject({
    method: 'POST',
    url: `/v1/sales/things${url}`,
    headers: { 'content-type': 'application/json' },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

const expectProblem = (response: Awaited<ReturnType<typeof get>>, status: number, code: string) => {
  expect({ status: response.statusCode, code: response.json().code }).toEqual({ status, code });
  expect(response.headers['content-type']).toBe('application/problem+json');
  expect(response.json()).toMatchObject({
    type: `https://stockproof.dev/problems/${code}`,
    status,
    source: 'stockproof',
    requestId: response.headers['x-request-id'],
  });
  return response.json();
};

describe('validation', () => {
  it('takes what is valid', async () => {
    expect((await post({ lines: [{ sku: 'a', quantity: 1 }] })).json()).toEqual({ lines: 1 });
  });

  it('names every bad field at once by pointer', async () => {
    const body = expectProblem(
      await post({
        lines: [
          { sku: 7, quantity: 0 },
          { sku: 'b', quantity: '2', 'x/y': 1 },
        ],
        more: true,
      }),
      400,
      'validation-failed',
    );
    expect(body.errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`).sort()).toEqual(
      [
        '/lines/0/quantity min',
        '/lines/0/sku is-string',
        '/lines/1/quantity is-int',
        '/lines/1/quantity min',
        '/lines/1/x~1y unknown-field',
        '/more unknown-field',
      ].sort(),
    );
  });

  it('refuses a body that is no object', async () => {
    for (const body of [[], [{ lines: [] }], 'null', '7', '"x"']) expectProblem(await post(body), 400, 'validation-failed');
  });

  it('tells malformed, wrongly typed and too large bodies apart', async () => {
    expectProblem(await post('{"lines":'), 400, 'malformed-request');
    for (const type of ['text/yaml', 'text/plain; charset=utf-8', 'application/x-www-form-urlencoded']) {
      expectProblem(
        await app.inject({ method: 'POST', url: '/v1/sales/things', headers: { 'content-type': type }, payload: 'a=1' }),
        415,
        'unsupported-media-type',
      );
    }
    expectProblem(await post(JSON.stringify({ lines: 'x'.repeat(1_100_000) })), 413, 'body-too-large');
  });

  it('says why a body cannot be read, and reads none that would be kept as other letters than were sent', async () => {
    const send = (payload: string | Buffer, headers: Record<string, string> = {}) =>
      app.inject({
        method: 'POST',
        url: '/v1/sales/things',
        headers: { 'content-type': 'application/json', ...headers },
        payload,
      });
    const detailOf = async (payload: string | Buffer) => expectProblem(await send(payload), 400, 'malformed-request').detail;
    expect(await detailOf('')).toBe('The body is empty.');
    expect(await detailOf('{"lines":')).toMatch(/not JSON/);
    expect(await detailOf('{"lines":[],"__proto__":{}}')).toMatch(/holds __proto__/);
    const lines = '{"lines":[{"sku":"tü","quantity":1}]}';
    expect(await detailOf(Buffer.from(lines, 'latin1'))).toBe('The body is not text in UTF-8.');
    for (const taken of ['application/json; charset="UTF-8"', 'APPLICATION/JSON;charset=utf8'])
      expect((await send(`\ufeff${lines}`, { 'content-type': taken, 'content-encoding': 'identity' })).statusCode).toBe(201);
    const latin = { 'content-type': 'application/json; charset=iso-8859-1' };
    expect(expectProblem(await send(lines, latin), 415, 'unsupported-media-type').detail).toMatch(/UTF-8/);
    const packed = { 'content-encoding': 'gzip' };
    expect(expectProblem(await send(lines, packed), 415, 'unsupported-media-type').detail).toMatch(/unpacked/);
  });

  it('names what no store could keep in a body beside all else that is wrong there', async () => {
    const { errors } = expectProblem(
      await post({
        lines: [
          { sku: 'a\u0000', quantity: 0 },
          { sku: 'b\ud800', quantity: 1 },
        ],
        more: { 'x\u0000': 1 },
        email: 'a\ud800@b.c',
      }),
      400,
      'validation-failed',
    );
    expect(errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`).sort()).toEqual([
      '/email is-email',
      '/email unstorable-text',
      '/lines/0/quantity min',
      '/lines/0/sku unstorable-text',
      '/lines/1/sku unstorable-text',
      '/more unknown-field',
      '/more unstorable-text',
    ]);
  });

  it('refuses what no store could keep, wherever it stands', async () => {
    expect(expectProblem(await post({ lines: [{ sku: 'a\u0000', quantity: 1 }] }), 400, 'validation-failed').errors).toMatchObject([
      { pointer: '/lines/0/sku', code: 'unstorable-text' },
    ]);
    expect(expectProblem(await post('{"lines":[{"sku":"\\ud800","quantity":1}]}'), 400, 'validation-failed').errors).toMatchObject([
      { pointer: '/lines/0/sku' },
    ]);
    expect(expectProblem(await get('?cursor=%00'), 400, 'validation-failed').errors).toMatchObject([{ pointer: '/query/cursor' }]);
    expect(expectProblem(await get('/a%00'), 400, 'validation-failed').errors).toMatchObject([{ pointer: '/path/id' }]);
    expectProblem(await get('/%ff'), 400, 'malformed-request');
  });

  it('caps depth and number of values', async () => {
    expect(expectProblem(await post('[{"a":'.repeat(5_000) + '1' + '}]'.repeat(5_000)), 400, 'validation-failed').errors).toMatchObject([
      { code: 'too-deep' },
    ]);
    expect(expectProblem(await post({ lines: Array.from({ length: 60_000 }, () => 0) }), 400, 'validation-failed').errors).toMatchObject([
      { code: 'too-many-values' },
    ]);
    expect(expectProblem(await post({ lines: Array.from({ length: 900 }, () => ({})) }), 400, 'validation-failed').errors).toHaveLength(
      100,
    );
  });

  it('refuses unknown and unusable query parameters, also where none is read', async () => {
    expect(expectProblem(await get('?offset=1&limit=101'), 400, 'validation-failed').errors).toMatchObject([
      { pointer: '/query/offset', code: 'unknown-field' },
      { pointer: '/query/limit', code: 'max' },
    ]);
    for (const limit of ['', '0', '1e1', '0x10', '1.5', '2&limit=3']) expectProblem(await get(`?limit=${limit}`), 400, 'validation-failed');
    expectProblem(await get('?open=yes'), 400, 'validation-failed');
    expectProblem(await get('/edit?verbose=1'), 400, 'validation-failed');
  });

  it('answers 404 for an unknown route and for what can be no id', async () => {
    expectProblem(await app.inject({ method: 'GET', url: '/v1/sales/nothing' }), 404, 'not-found');
    expectProblem(await get('/42'), 404, 'not-found');
    expectProblem(await get(`/${'4'.repeat(600)}`), 414, 'uri-too-long');
  });

  it('answers 503, to be asked again, where the service cannot reach its data', async () => {
    const response = await get('/away');
    const body = expectProblem(response, 503, 'store-unavailable');
    expect([body.retryable, response.headers['retry-after']]).toEqual([true, '1']);
    expect(errors).toEqual([]);
  });

  it('says nothing of an unexpected error but writes it down', async () => {
    const body = expectProblem(await get('/broken'), 500, 'internal-error');
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(errors).toMatchObject([{ requestId: body.requestId, error: { message: 'password=hunter2' } }]);
  });
});

describe('answers', () => {
  it('carries revision and position', async () => {
    next = outcomes['accepted']!;
    const response = await post({}, '/act');
    expect(response.headers).toMatchObject({ etag: '"7"', 'stockproof-position': 'sales:0000042' });
    expect(response.json()).toEqual({ events: 1 });
  });

  it.each([
    ['notEnough', 422, 'not-enough', false],
    ['gone', 409, 'gone', false],
    ['concurrent', 409, 'concurrent-modification', true],
    ['old', 422, 'command-too-old', false],
    ['mismatch', 412, 'precondition-failed', false],
    ['unstorable', 422, 'not-storable', false],
  ])('maps %s', async (name, status, code, retryable) => {
    next = outcomes[name]!;
    expect(expectProblem(await post({}, '/act'), status, code).retryable).toBe(retryable);
  });

  it('reads If-Match', async () => {
    expect((await get('/edit')).json()).toEqual({ revision: null });
    expect((await get('/edit', { 'if-match': '"12"' })).json()).toEqual({ revision: 12 });
    expect((await get('/replace', { 'if-match': '*' })).json()).toEqual({ revision: null });
    for (const header of ['12', 'W/"12"', '"a"', '"1", "2"'])
      expectProblem(await get('/edit', { 'if-match': header }), 400, 'malformed-if-match');
    expectProblem(await get('/replace'), 428, 'precondition-required');
  });
});

describe('lists', () => {
  const pageAfter = async (cursor: string | null, query = '') =>
    (await get(`?limit=50${query}${cursor === null ? '' : `&cursor=${cursor}`}`)).json();

  it('walks all pages once, the last without a cursor', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { n: number }[]; nextCursor: string | null } = await pageAfter(cursor);
      seen.push(...page.items.map(({ n }) => n));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => at + 1));
  });

  it('refuses a cursor made up, or of another filter', async () => {
    const { nextCursor } = await pageAfter(null);
    expectProblem(await get(`?cursor=${nextCursor}&open=true`), 400, 'invalid-cursor');
    expectProblem(await get(`?cursor=${nextCursor.slice(0, -2)}`), 400, 'invalid-cursor');
    expectProblem(await get('?cursor=eyJuIjo1fQ'), 400, 'invalid-cursor');
    expectProblem(await get('?cursor='), 400, 'invalid-cursor');
  });
});

describe("reading one's own writes", () => {
  beforeEach(() => (waited = []));

  it('waits for the view', async () => {
    expect((await get('', { 'stockproof-min-position': 'sales:42' })).statusCode).toBe(200);
    expect(waited).toEqual([['things', '42', 2_000]]);
  });

  it('says 503 rather than show something older', async () => {
    const response = await get('', { 'stockproof-min-position': 'sales:999' });
    expect(expectProblem(response, 503, 'projection-behind').retryable).toBe(true);
    expect(response.headers['retry-after']).toBe('1');
  });

  it('refuses the position of another service', async () => {
    expectProblem(await get('', { 'stockproof-min-position': 'stock:42' }), 400, 'foreign-position');
    expectProblem(await get('', { 'stockproof-min-position': '42' }), 400, 'foreign-position');
    expect(waited).toEqual([]);
  });
});

it('documents problems, pages and headers', () => {
  const document = completeDocument(SwaggerModule.createDocument(app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build()));
  const create = document.paths['/v1/sales/things']!.post!;
  expect(Object.keys(create.responses)).toEqual(expect.arrayContaining(['201', '400', '409', '413', '415', '422', '500']));
  expect(create.responses['422']).toMatchObject({
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDocument' } } },
  });
  const list = document.paths['/v1/sales/things']!.get!;
  expect(list.parameters).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'limit' }), expect.objectContaining({ name: 'Stockproof-Min-Position' })]),
  );
  expect(document.paths['/v1/sales/things/replace']!.get!.parameters).toEqual([
    expect.objectContaining({ name: 'If-Match', required: true }),
  ]);
});
