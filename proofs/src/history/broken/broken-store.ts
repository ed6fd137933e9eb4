import type { Engines } from '@stockproof/service-host';
import type { BreakStore } from './faults';

/** Engines whose services get a broken event store and everything else as it is. */
export const withBrokenStore = (engines: Engines, breakIt: BreakStore): Engines => ({
  ...engines,
  open: (service, log) => {
    const opened = engines.open(service, log);
    return { ...opened, store: breakIt(opened.store) };
  },
});
