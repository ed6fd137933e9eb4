import { pause } from '../../clients/until';
import { linkOf } from '../cast';
import { toldOf, type Fault, type Planned } from '../fault-schedule';
import type { RunBus } from './bus';
import type { RunDatabase } from './database';
import type { Players } from './players';

export type Striking = {
  readonly struck: () => number;
  /** Resolves when all faults are over and everybody is back; throws where somebody is not. */
  readonly over: Promise<void>;
  /** No further one; resolves when those under way are over. */
  readonly stop: () => Promise<void>;
};

type Scene = {
  readonly players: Players;
  readonly database: RunDatabase;
  readonly bus: RunBus;
  readonly say: (line: string) => void;
  /** Cuts faults short. */
  readonly signal: AbortSignal;
};

/** Does what was planned, when it was planned. What strikes the same one waits until it is back from the last. */
export const strike = (plan: readonly Planned[], scene: Scene): Striking => {
  const stopping = new AbortController();
  const busy = new Map<string, Promise<void>>();
  let struck = 0;
  const began = performance.now();
  const over = (async () => {
    for (const { atMs, fault } of plan) {
      await pause(Math.max(0, atMs - (performance.now() - began)), stopping.signal);
      if (stopping.signal.aborted) break;
      const whom = struckBy(fault);
      const turn = (busy.get(whom) ?? Promise.resolve()).then(async () => {
        if (stopping.signal.aborted) return;
        struck += 1;
        scene.say(`${((performance.now() - began) / 1_000).toFixed(1).padStart(7)} s  ${toldOf(fault)}`);
        await done(fault, scene);
      });
      // Whether it came back is asked at the end.
      turn.catch(() => undefined);
      busy.set(whom, turn);
    }
    await Promise.all(busy.values());
  })();
  over.catch(() => undefined);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.allSettled(busy.values());
  };
  return { struck: () => struck, over, stop };
};

const struckBy = (fault: Fault): string => {
  if (fault.does === 'cut' || fault.does === 'slow') return linkOf(fault.player, fault.from);
  return 'player' in fault ? fault.player : fault.does;
};

const done = async (fault: Fault, { players, database, bus, signal }: Scene): Promise<void> => {
  switch (fault.does) {
    case 'kill':
      return players.startAgain(fault.player, 'SIGKILL', fault.awayMs);
    case 'restart':
      return players.startAgain(fault.player, 'SIGTERM', fault.awayMs);
    case 'stop':
      return players.stop(fault.player, fault.forMs);
    case 'restart-database':
      return database.restartImmediate(fault.awayMs);
    case 'restart-broker':
      return bus.restart(fault.awayMs);
    case 'cut':
      return cut(players, fault, signal);
    case 'slow':
      return slow(players, fault, signal);
    case 'deliver-again':
      return bus.setBack(fault.messages, players.without);
  }
};

const cut = async (players: Players, { player, from, forMs }: Extract<Fault, { does: 'cut' }>, signal: AbortSignal): Promise<void> => {
  await players.cut(linkOf(player, from));
  await pause(forMs, signal);
  await players.heal(linkOf(player, from));
};

const slow = async (
  players: Players,
  { player, from, forMs, delayMs }: Extract<Fault, { does: 'slow' }>,
  signal: AbortSignal,
): Promise<void> => {
  players.slow(linkOf(player, from), delayMs);
  await pause(forMs, signal);
  players.slow(linkOf(player, from), 0);
};
