import { faultsOf } from './fault-schedule';
import { fullSize, shortSize, type Size } from './sizes';

const kindsIn = (seed: string, size: Size) => new Set(faultsOf(seed, size).map(({ fault }) => fault.does));

describe('the faults of a run', () => {
  it('are the same for the same seed, and others for every other seed', () => {
    expect(faultsOf('a', fullSize)).toEqual(faultsOf('a', fullSize));
    expect(faultsOf('a', fullSize)).not.toEqual(faultsOf('b', fullSize));
  });

  it.each([
    ['a', 'postgres'],
    ['b', 'postgres'],
    ['c', 'kafka'],
    ['d', 'kafka'],
  ] as const)('are of every kind, also in the short run, and come one after the other while there is load (%s on %s)', (seed, bus) => {
    const short = shortSize(bus);
    expect(kindsIn(seed, short)).toEqual(kindsIn(seed, { ...fullSize, bus }));
    const times = faultsOf(seed, short).map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(times.at(-1)).toBeLessThan(short.forMs);
  });

  it('strike the broker and what leads to it only where there is one', () => {
    const ofBus = (bus: 'postgres' | 'kafka') =>
      faultsOf('any', { ...fullSize, bus }).filter(
        ({ fault }) => fault.does === 'restart-broker' || ('from' in fault && fault.from === 'bus'),
      );
    expect([ofBus('postgres').length, ofBus('kafka').length > 5]).toEqual([0, true]);
  });

  it('of the full size strike every process', () => {
    const struck = faultsOf('any', fullSize).flatMap(({ fault }) => ('player' in fault ? [fault.player] : []));
    expect(new Set(struck).size).toBe(7);
  });
});
