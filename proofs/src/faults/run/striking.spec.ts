import type { Fault } from '../fault-schedule';
import type { RunBus } from './bus';
import type { RunDatabase } from './database';
import type { Players } from './players';
import { strike, type Striking } from './striking';

const kill: Fault = { does: 'kill', player: 'stock-1', awayMs: 0 };
const slow: Fault = { does: 'slow', player: 'sales-1', from: 'database', forMs: 3_600_000, delayMs: 5 };

describe('faults that strike', () => {
  let told: string[];
  let comeBack: () => void;
  const ending = () => new AbortController();

  const striking = (faults: readonly Fault[], signal: AbortSignal): Striking => {
    told = [];
    const back = new Promise<void>((resolve) => (comeBack = resolve));
    const players = {
      startAgain: async (player: string) => {
        told.push(`${player} is away`);
        await back;
        told.push(`${player} is back`);
      },
      slow: (link: string, delayMs: number) => told.push(`${link} by ${delayMs} ms`),
    } as unknown as Players;
    const plan = faults.map((fault) => ({ atMs: 0, fault }));
    return strike(plan, { players, database: {} as RunDatabase, bus: {} as RunBus, say: () => undefined, signal });
  };

  it('are over where they are stopped: nobody is started again afterwards', async () => {
    const struck = striking([kill, kill], ending().signal);
    while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = struck.stop().then(() => told.push('stopped'));
    comeBack();
    await stopped;
    expect(told).toEqual(['stock-1 is away', 'stock-1 is back', 'stopped']);
  });

  it('are cut short where the run is ended', async () => {
    const run = ending();
    const struck = striking([slow], run.signal);
    while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
    run.abort();
    await struck.over;
    expect(told).toEqual(['sales-1~database by 5 ms', 'sales-1~database by 0 ms']);
  });
});
