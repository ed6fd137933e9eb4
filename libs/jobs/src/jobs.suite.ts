import { plusMs, type Clock } from '@stockproof/vocabulary';
import { jobRunner, UnknownJob, type JobRunner } from './job-runner';
import type { JobStore } from './job-store';
import type { Timer } from './jobs';
import { LeaseLost } from './running-jobs';

const start = '2026-03-01T10:00:00.000Z';
const account = '018e0000-0000-7000-8000-000000000001';
const timer = (id: string, more: Partial<Timer> = {}): Timer => ({
  id,
  kind: 'remind',
  dueAt: plusMs(start, 1000),
  accountId: account,
  payload: { of: id },
  ...more,
});

type Process = JobRunner & { readonly advance: () => Promise<void> };
const deferred = () => {
  let settle = { resolve: (): void => undefined, reject: (_: Error): void => undefined };
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, resolve: () => settle.resolve(), reject: (error: Error) => settle.reject(error) };
};

/** A clock in the suite's hands and processes on one store. */
const opened = async (openStore: () => Promise<JobStore>) => {
  let now = start;
  const clock: Clock = { now: () => now };
  const log = { warn: () => undefined, error: () => undefined };
  const store = await openStore();
  const process = (use: JobStore = store): Process => {
    const runner = jobRunner({ store: use, clock, log, random: () => 0.5, leaseMs: 60_000 });
    const advance = async (): Promise<void> => {
      while ((await runner.claim()) > 0) await runner.settled();
    };
    return { ...runner, advance };
  };
  return { store, process, here: process(), move: (ms: number) => void (now = plusMs(now, ms)), now: () => now };
};

const timersSuite = (openStore: () => Promise<JobStore>): void => {
  test('a timer is called once when due, with what it was set with', async () => {
    const { here, move } = await opened(openStore);
    const heard: Timer[] = [];
    here.jobs.onTimer('remind', async (due) => void heard.push(due));
    await here.jobs.setTimer(timer('a'));
    move(999);
    await here.advance();
    expect(heard).toEqual([]);
    move(1);
    await here.advance();
    await here.advance();
    expect(heard).toEqual([timer('a')]);
  });

  test('a timer that fell due while nobody was there is called by whoever comes', async () => {
    const { here, process, move } = await opened(openStore);
    await here.jobs.setTimer(timer('a'));
    move(86_400_000);
    const heard: string[] = [];
    const later = process();
    later.jobs.onTimer('remind', async ({ id }) => void heard.push(id));
    await later.advance();
    expect(heard).toEqual(['a']);
  });

  test('setting replaces, cancelling removes, other kinds are left alone', async () => {
    const { here, move } = await opened(openStore);
    const heard: Timer[] = [];
    here.jobs.onTimer('remind', async (due) => void heard.push(due));
    await here.jobs.setTimer(timer('a'));
    await here.jobs.setTimer(timer('a', { dueAt: plusMs(start, 5000), payload: { second: true } }));
    await here.jobs.setTimer(timer('b'));
    await here.jobs.setTimer(timer('c', { kind: 'unheard' }));
    await here.jobs.cancelTimer('b');
    await here.jobs.cancelTimer('nothing');
    move(1000);
    await here.advance();
    expect(heard).toEqual([]);
    move(4000);
    await here.advance();
    expect(heard.map(({ payload }) => payload)).toEqual([{ second: true }]);
  });

  test('a timer replaced while its handler runs is called again', async () => {
    const { here, move } = await opened(openStore);
    const heard: Timer[] = [];
    here.jobs.onTimer('remind', async (due) => {
      if (heard.push(due) === 1) await here.jobs.setTimer(timer('a', { payload: { again: true } }));
    });
    await here.jobs.setTimer(timer('a'));
    move(1000);
    await here.advance();
    expect(heard.map(({ payload }) => payload)).toEqual([{ of: 'a' }, { again: true }]);
  });

  test('a failing timer is tried again with growing waits, visibly, and stops nobody else', async () => {
    const { here, move, now } = await opened(openStore);
    const triedAt: number[] = [];
    const heard: string[] = [];
    here.jobs.onTimer('remind', async ({ id }) => {
      if (id !== 'bad') return void heard.push(id);
      triedAt.push(Date.parse(now()) - Date.parse(start));
      if (triedAt.length < 4) throw new Error('nobody at home');
    });
    await here.jobs.setTimer(timer('bad'));
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await here.jobs.setTimer(timer(id));
    move(1000);
    await here.advance();
    expect(heard.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(await here.jobs.status(account)).toEqual([
      {
        kind: 'remind',
        subject: 'bad',
        lastRunAt: plusMs(start, 1000),
        lastSuccessAt: null,
        nextRunAt: plusMs(start, 3000),
        failures: 1,
        lastError: 'nobody at home',
        done: 0,
        of: null,
      },
    ]);
    for (let second = 0; second < 30; second++) {
      move(1000);
      await here.advance();
    }
    expect(triedAt).toEqual([1000, 3000, 7000, 15_000]);
    expect(await here.jobs.status(account)).toEqual([]);
  });

  test('two processes share the timers, each is called by one of them', async () => {
    const { here, process, move } = await opened(openStore);
    const heard: string[] = [];
    const there = process();
    for (const each of [here, there]) each.jobs.onTimer('remind', async ({ id }) => void heard.push(id));
    const ids = Array.from({ length: 20 }, (_, n) => `t${n}`);
    for (const id of ids) await here.jobs.setTimer(timer(id));
    move(1000);
    await Promise.all([here.advance(), there.advance()]);
    expect(heard.sort()).toEqual(ids.sort());
  });
};

const schedulesSuite = (openStore: () => Promise<JobStore>): void => {
  const importOrders = { accountId: account, everyMs: 60_000, payload: { from: 'shop' } };

  test('work runs at once, then on its period, each time from the cursor of the last success', async () => {
    const { here, move } = await opened(openStore);
    const seen: unknown[] = [];
    here.jobs.onSchedule({
      kind: 'import',
      run: async ({ subject, cursor, payload }) => {
        seen.push([subject, cursor, payload]);
        return { cursor: { page: seen.length } };
      },
    });
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.advance();
    move(59_999);
    await here.advance();
    move(1);
    await here.advance();
    expect(seen).toEqual([
      ['channel-1', null, { from: 'shop' }],
      ['channel-1', { page: 1 }, { from: 'shop' }],
    ]);
  });

  test('the cursor stays where it was when a run fails; retries wait longer and longer, the next success resets them', async () => {
    const { here, move, now } = await opened(openStore);
    const cursors: unknown[] = [];
    const triedAt: number[] = [];
    here.jobs.onSchedule({
      kind: 'import',
      run: async ({ cursor }) => {
        cursors.push(cursor);
        triedAt.push(Date.parse(now()) - Date.parse(start));
        if (cursors.length > 1 && cursors.length < 5) throw new Error('channel is down');
        return { cursor: { page: cursors.length } };
      },
    });
    await here.jobs.schedule('import', 'channel-1', importOrders);
    for (let second = 0; second < 135; second++) {
      await here.advance();
      if (second === 61)
        expect((await here.jobs.status(account))[0]).toMatchObject({ failures: 1, lastError: 'channel is down', lastSuccessAt: start });
      move(1000);
    }
    expect(triedAt).toEqual([0, 60_000, 62_000, 66_000, 74_000, 134_000]);
    expect(cursors).toEqual([null, { page: 1 }, { page: 1 }, { page: 1 }, { page: 1 }, { page: 5 }]);
    expect((await here.jobs.status(account))[0]).toMatchObject({ failures: 0, lastError: null });
  });

  test('scheduling again, as every start does, changes neither cursor nor next run; a new period counts from now', async () => {
    const { here, move } = await opened(openStore);
    let runs = 0;
    here.jobs.onSchedule({ kind: 'import', run: async () => ({ cursor: { run: ++runs } }) });
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.advance();
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.advance();
    expect(runs).toBe(1);
    await here.jobs.schedule('import', 'channel-1', { ...importOrders, everyMs: 5000 });
    move(5000);
    await here.advance();
    expect(runs).toBe(2);
    await here.jobs.schedule('import', 'channel-1', { ...importOrders, everyMs: null });
    move(500_000);
    await here.advance();
    expect(runs).toBe(2);
    await here.jobs.unschedule('import', 'channel-1');
    expect(await here.jobs.status(account)).toEqual([]);
  });

  test('by hand only: runs when asked, once; a failure shows and is not repeated by itself', async () => {
    const { here, move } = await opened(openStore);
    let runs = 0;
    here.jobs.onSchedule({
      kind: 'import',
      run: async () => {
        if (++runs === 2) throw new Error('no');
        return { cursor: null };
      },
    });
    await here.jobs.schedule('import', 'channel-1', { ...importOrders, everyMs: null });
    await here.advance();
    expect(runs).toBe(0);
    for (const expected of [1, 2]) {
      await here.jobs.runNow('import', 'channel-1');
      await here.jobs.schedule('import', 'channel-1', { ...importOrders, everyMs: null });
      await here.advance();
      move(3_600_000);
      await here.advance();
      expect(runs).toBe(expected);
    }
    expect((await here.jobs.status(account))[0]).toMatchObject({ failures: 1, lastError: 'no', nextRunAt: null });
    await expect(here.jobs.runNow('import', 'channel-2')).rejects.toThrow(UnknownJob);
    await expect(here.jobs.runNow('import', 'channel-1', '018e0000-0000-7000-8000-000000000002')).rejects.toThrow(UnknownJob);
    await here.jobs.runNow('import', 'channel-1', account);
  });

  test('what happens while it waits after a failure does not make it fail again; a person need not wait', async () => {
    const { here, move } = await opened(openStore);
    let runs = 0;
    here.jobs.onSchedule({
      kind: 'import',
      run: async ({ subject }) => {
        runs += 1;
        if (runs < 4) {
          await here.jobs.runSoon('import', subject);
          throw new Error('away');
        }
        return { cursor: null };
      },
    });
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.advance();
    for (let happened = 0; happened < 5; happened++) {
      await here.jobs.runSoon('import', 'channel-1');
      await here.advance();
    }
    expect([runs, (await here.jobs.status(account))[0]?.failures]).toEqual([1, 1]);
    await here.jobs.runNow('import', 'channel-1');
    await here.advance();
    expect([runs, (await here.jobs.status(account))[0]?.failures]).toEqual([2, 2]);
    for (let wait = 0; wait < 2; wait++) {
      move(60_000);
      await here.advance();
    }
    expect([runs, (await here.jobs.status(account))[0]?.failures]).toEqual([4, 0]);
    await here.jobs.runSoon('import', 'channel-1');
    await here.advance();
    expect(runs).toBe(5);
  });

  test('never twice at once for a subject; asked for during a run, it runs once more after it', async () => {
    const { here, process } = await opened(openStore);
    const gate = deferred();
    let [running, most, runs] = [0, 0, 0];
    const there = process();
    for (const each of [here, there])
      each.jobs.onSchedule({
        kind: 'import',
        run: async () => {
          most = Math.max(most, ++running);
          if (++runs === 1) await gate.promise;
          running--;
          return { cursor: null };
        },
      });
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.claim();
    await here.jobs.runNow('import', 'channel-1');
    await there.jobs.runNow('import', 'channel-1');
    await Promise.all([here.claim(), there.claim()]);
    expect(runs).toBe(1);
    gate.resolve();
    await here.settled();
    await Promise.all([here.advance(), there.advance()]);
    expect([runs, most]).toEqual([2, 1]);
  });

  test('subjects that hang leave room for others, up to the limit of the kind; other kinds are not touched', async () => {
    const { here } = await opened(openStore);
    const gate = deferred();
    const ran: string[] = [];
    here.jobs.onSchedule({
      kind: 'import',
      run: async ({ subject }) => {
        if (subject.startsWith('slow')) await gate.promise;
        ran.push(subject);
        return { cursor: null };
      },
    });
    here.jobs.onSchedule({ kind: 'export', run: async ({ subject }) => (ran.push(subject), { cursor: null }) });
    for (const subject of ['slow-1', 'slow-2', 'slow-3', 'quick']) await here.jobs.schedule('import', subject, importOrders);
    await here.claim();
    await here.jobs.schedule('import', 'slow-4', importOrders);
    await here.claim();
    await here.jobs.schedule('import', 'waits', importOrders);
    await here.jobs.schedule('export', 'other', importOrders);
    await here.claim();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ran.sort()).toEqual(['other', 'quick']);
    gate.resolve();
    await here.settled();
    await here.advance();
    expect(ran).toContain('waits');
  });

  test('progress shows while it runs, and only the account that owns the job sees it', async () => {
    const { here } = await opened(openStore);
    const [shown, gate] = [deferred(), deferred()];
    here.jobs.onSchedule({
      kind: 'import',
      run: async ({ progress }) => {
        await progress(3, 10);
        shown.resolve();
        await gate.promise;
        return { cursor: null };
      },
    });
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.claim();
    await shown.promise;
    expect((await here.jobs.status(account))[0]).toMatchObject({
      subject: 'channel-1',
      lastRunAt: start,
      lastSuccessAt: null,
      done: 3,
      of: 10,
    });
    expect(await here.jobs.status('018e0000-0000-7000-8000-000000000002')).toEqual([]);
    gate.resolve();
    await here.settled();
  });
};

const crashSuite = (openStore: () => Promise<JobStore>): void => {
  const importOrders = { accountId: account, everyMs: 60_000, payload: {} };

  test('a run whose process died is taken over after its lease, and what the dead one says later changes nothing', async () => {
    const { here, process, move } = await opened(openStore);
    const gate = deferred();
    let lateProgress: unknown = null;
    here.jobs.onSchedule({
      kind: 'import',
      run: async ({ progress }) => {
        await gate.promise;
        lateProgress = await progress(9, 9).catch((error: unknown) => error);
        return { cursor: { by: 'the dead' } };
      },
    });
    const there = process();
    there.jobs.onSchedule({ kind: 'import', run: async ({ cursor }) => ({ cursor: { by: 'the living', after: cursor } }) });
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.claim();
    move(59_999);
    expect(await there.claim()).toBe(0);
    move(1);
    expect(await there.claim()).toBe(1);
    await there.settled();
    gate.resolve();
    await here.settled();
    expect(lateProgress).toBeInstanceOf(LeaseLost);
    const cursors: unknown[] = [];
    const third = process();
    third.jobs.onSchedule({ kind: 'import', run: async ({ cursor }) => (cursors.push(cursor), { cursor }) });
    await third.jobs.runNow('import', 'channel-1');
    await third.advance();
    expect(cursors).toEqual([{ by: 'the living', after: null }]);
  });

  test('a heartbeat keeps long work in its hands', async () => {
    const { here, process, move } = await opened(openStore);
    const gate = deferred();
    const there = process();
    for (const each of [here, there]) {
      each.jobs.onSchedule({ kind: 'import', run: async () => (await gate.promise, { cursor: null }) });
      each.jobs.onTimer('remind', () => gate.promise);
    }
    await here.jobs.schedule('import', 'channel-1', importOrders);
    await here.jobs.setTimer(timer('a', { dueAt: start }));
    expect(await here.claim()).toBe(2);
    for (let minute = 0; minute < 4; minute++) {
      move(40_000);
      await here.heartbeat();
      expect(await there.claim()).toBe(0);
    }
    gate.resolve();
    await here.settled();
    expect((await here.jobs.status(account)).map(({ lastSuccessAt }) => lastSuccessAt)).toEqual([plusMs(start, 160_000)]);
  });

  test('work whose outcome could not be written is done again: at least once, never lost', async () => {
    const { store, process, move } = await opened(openStore);
    const cut = async (): Promise<never> => Promise.reject(new Error('connection lost'));
    const dying = process({ ...store, timerDone: cut, timerFailed: cut, runDone: cut, runFailed: cut });
    const heard: string[] = [];
    const living = process();
    for (const [name, each] of [
      ['dying', dying],
      ['living', living],
    ] as const) {
      each.jobs.onTimer('remind', async ({ id }) => void heard.push(`${name} ${id}`));
      each.jobs.onSchedule({ kind: 'import', run: async ({ subject }) => (heard.push(`${name} ${subject}`), { cursor: null }) });
    }
    await dying.jobs.setTimer(timer('a', { dueAt: start }));
    await dying.jobs.schedule('import', 'channel-1', { ...importOrders, everyMs: null });
    await dying.jobs.runNow('import', 'channel-1');
    await dying.claim();
    await dying.settled();
    await living.jobs.schedule('import', 'channel-1', { ...importOrders, everyMs: null });
    move(60_000);
    await living.advance();
    expect(heard).toEqual(['dying a', 'dying channel-1', 'living a', 'living channel-1']);
  });
};

/** What every store of jobs does under the runner; run by each adapter. */
export const jobsSuite = (name: string, openStore: () => Promise<JobStore>): void => {
  describe(`jobs: ${name}`, () => {
    describe('timers', () => timersSuite(openStore));
    describe('schedules', () => schedulesSuite(openStore));
    describe('crashes', () => crashSuite(openStore));
  });
};
