import type { Snapshot, SnapshotStore } from './command-handling';

/** Snapshots without a database, for tests. They are kept as text: whoever changes a loaded state changes only a copy. */
export const inMemorySnapshots = (): SnapshotStore => {
  const kept = new Map<string, string>();
  return {
    load: async (streams) =>
      streams.map((stream) => {
        const text = kept.get(stream);
        return text === undefined ? null : (JSON.parse(text) as Snapshot);
      }),
    save: async (snapshot) => void kept.set(snapshot.stream, JSON.stringify(snapshot)),
  };
};
