import 'reflect-metadata';
import { Controller, Module, Post, type ExecutionContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastifyAdapter, HttpModule, problem, ProblemException } from '@stockproof/http-problems';
import type { PartitionLag } from '@stockproof/integration-bus';
import { lastValueFrom, throwError } from 'rxjs';
import { HearsayInterceptor } from './hearsay.interceptor';
import { heard, HearsayModule, NotHeardYet } from './index';

const unknown = problem(422, 'unknown', 'Nobody said so', { hearsay: true });
const always = problem(409, 'always', 'Whatever others say');

const now = '2026-06-01T12:00:00.000Z';
let lag: () => Promise<readonly PartitionLag[]>;
let viewIsThere = true;
let parked: readonly (string | null)[] = [];
let known = false;
let runs = 0;
const asked: string[] = [];

const behind = (count: number, oldestUnread: string | null): PartitionLag => ({
  ...{ topic: 'facts', partition: 0, behind: count, oldestUnread, next: '0' },
});
const isKnown = (refusal: Error): { readonly run: number } => {
  runs += 1;
  if (!known) throw refusal;
  return { run: runs };
};

@Controller()
class Probe {
  @Post(['v1/probe/things', 'v1/probe/accounts/:accountId/things'])
  things() {
    return isKnown(new ProblemException(unknown));
  }

  @Post('v1/probe/settings')
  settings() {
    return isKnown(new NotHeardYet('the settings of account 1'));
  }

  @Post('v1/probe/others')
  others() {
    return isKnown(new ProblemException(always));
  }
}

const views = { waitFor: async () => viewIsThere };
const clock = { now: () => now };
const allHeard = heard({
  looksUp: { topics: [{ group: 'probe.facts', topic: 'facts' }], views: ['things'] },
  bus: {
    lag: async (group) => {
      asked.push(group);
      return lag();
    },
  },
  store: { head: async () => ({ position: '7', recordedAt: now }) as never },
  views,
  parked: async (groups) => new Set(groups.includes('probe.facts') ? parked : []),
  clock,
  answersWithinMs: 100,
});

@Module({
  imports: [
    HttpModule.forService({
      ...{ service: 'probe', cursorSecret: 'x', log: { error: () => undefined } },
      views: { ...views, positionOf: async () => '0' as never },
    }),
    HearsayModule.forService({ heard: allHeard, clock }),
  ],
  controllers: [Probe],
})
class ProbeModule {}

describe('a refusal that rests on hearsay', () => {
  let application: NestFastifyApplication;
  beforeAll(async () => {
    application = await NestFactory.create<NestFastifyApplication>(ProbeModule, fastifyAdapter(), { logger: false });
    await application.init();
  });
  afterAll(() => application.close());
  beforeEach(() => {
    [lag, viewIsThere, parked, known, runs] = [async () => [behind(0, null)], true, [], false, 0];
    asked.length = 0;
  });

  const post = async (what: string) => {
    const { statusCode, headers, body } = await application.inject({ method: 'POST', url: `/v1/probe/${what}` });
    const { code, retryable } = JSON.parse(body) as { readonly code?: string; readonly retryable?: boolean };
    return { status: statusCode, code, retryable, after: headers['retry-after'] };
  };
  const refused = { status: 422, code: 'unknown', retryable: false, after: undefined };
  const comeAgain = { status: 503, code: 'not-heard-yet', retryable: true, after: '1' };

  it('stands where all has been heard; it was looked at once more after that was known', async () => {
    expect(await post('things')).toEqual(refused);
    expect(runs).toBe(2);
  });

  it('stands where only what was said later has not been heard', async () => {
    lag = async () => [behind(0, null), behind(3, '2026-06-01T12:00:01.000Z')];
    expect(await post('things')).toEqual(refused);
  });

  it('is none yet while something older has not been heard, the view is behind, or nobody can tell', async () => {
    lag = async () => [behind(0, null), behind(3, '2026-06-01T11:59:00.000Z')];
    expect(await post('things')).toEqual(comeAgain);
    expect(runs).toBe(1);
    lag = async () => [behind(3, null)];
    expect(await post('things')).toEqual(comeAgain);
    lag = async () => [behind(0, null)];
    viewIsThere = false;
    expect(await post('things')).toEqual(comeAgain);
    viewIsThere = true;
    lag = () => Promise.reject(new Error('no bus'));
    expect(await post('things')).toEqual(comeAgain);
    lag = () => new Promise(() => undefined);
    expect(await post('things')).toEqual(comeAgain);
  });

  it('is none yet where a topic is not there, or what is unread may have been said before, by a clock that runs ahead', async () => {
    lag = async () => [];
    expect(await allHeard(now, null)).toBe(false);
    lag = async () => [behind(1, '2026-06-01T12:00:00.200Z')];
    expect(await allHeard(now, null)).toBe(false);
    lag = async () => [behind(1, '2026-06-01T12:00:00.300Z')];
    expect(await allHeard(now, null)).toBe(true);
  });

  it('is none while something of the account is parked, or of no account', async () => {
    parked = ['a'];
    expect(await post('accounts/A/things')).toEqual(comeAgain);
    expect(await post('accounts/b/things')).toEqual(refused);
    expect(await allHeard(now, null)).toBe(false);
    parked = [null];
    expect(await allHeard(now, 'b')).toBe(false);
  });

  it('waits no longer where nobody answers whether all has been heard', async () => {
    const interceptor = new HearsayInterceptor(() => new Promise(() => undefined), clock);
    const context = { getType: () => 'http', switchToHttp: () => ({ getRequest: () => ({ params: {} }) }) } as unknown as ExecutionContext;
    const handle = () => throwError(() => new ProblemException(unknown));
    await expect(lastValueFrom(interceptor.intercept(context, { handle }))).rejects.toMatchObject({ problem: { code: 'not-heard-yet' } });
  }, 5_000);

  it('becomes the answer as soon as what was waited for has come', async () => {
    let looks = 0;
    lag = async () => {
      looks += 1;
      known = looks >= 3;
      return [known ? behind(0, null) : behind(1, '2026-06-01T11:59:00.000Z')];
    };
    expect(await post('things')).toMatchObject({ status: 201 });
    expect(runs).toBe(2);
  });

  it('that names what must have been said stays a request to come again', async () => {
    expect(await post('settings')).toEqual(comeAgain);
    known = true;
    expect(await post('settings')).toMatchObject({ status: 201 });
  });

  it('is told apart from any other: that costs nobody a question', async () => {
    expect(await post('others')).toMatchObject({ status: 409, code: 'always' });
    expect([runs, asked]).toEqual([1, []]);
  });

  it('asks the bus once for many who are refused at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('things')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
    expect(asked.length).toBeLessThan(10);
  });
});
