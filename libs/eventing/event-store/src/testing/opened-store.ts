import type { EventStore } from '../event-store';

/** How an adapter hands the suite a store of its own, empty. */
export type OpenStore = () => Promise<{ readonly store: EventStore; readonly close: () => Promise<void> }>;

/** A fresh store for each test of the surrounding block, closed after it. */
export const openedStore = (open: OpenStore): (() => EventStore) => {
  const opened: Awaited<ReturnType<OpenStore>>[] = [];
  beforeEach(async () => {
    opened.push(await open());
  });
  afterEach(async () => {
    await opened.pop()?.close();
  });
  return () => {
    const current = opened.at(-1);
    if (!current) throw new Error('No store is open outside of a test.');
    return current.store;
  };
};
