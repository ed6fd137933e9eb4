import type { Engines } from '@stockproof/service-host';
import type { Broken } from './faults';

const asItIs = <T>(each: T): T => each;

/** Engines whose services get what is broken and everything else as it is. */
export const withBroken = (engines: Engines, { store = asItIs, bus = asItIs }: Broken): Engines => ({
  ...engines,
  open: (service, log) => {
    const opened = engines.open(service, log);
    return { ...opened, store: store(opened.store), bus: bus(opened.bus) };
  },
});
