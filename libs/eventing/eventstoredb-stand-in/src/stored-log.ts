/** An event as it came over the wire. */
export type ProposedEvent = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
};

/** `revision` counts from 0, as EventStoreDB does. */
export type StoredEvent = ProposedEvent & {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** In 100 nanoseconds since 1970. */
  readonly created: bigint;
};

/** Which head an append expects; `at` -1 means that there is no stream. */
export type Expected = { readonly is: 'any' } | { readonly is: 'exists' } | { readonly is: 'at'; readonly revision: number };

export type Written =
  | { readonly is: 'written'; readonly revision: number; readonly position: bigint }
  /** -1: there is no stream. */
  | { readonly is: 'elsewhere'; readonly revision: number };

export type StoredLog = {
  readonly all: readonly StoredEvent[];
  readonly streamOf: (stream: string) => readonly StoredEvent[] | undefined;
  readonly append: (stream: string, expected: Expected, events: readonly ProposedEvent[]) => Written;
  readonly onAppend: (listener: (event: StoredEvent) => void) => () => void;
};

/** Places lie apart, as in a log of bytes, and the server's own events lie between. */
const bytesApart = 137n;
const ownEventsEach = 40;

/** The log of the stand-in, in memory, with the published rules for expected revisions and repeats. */
export const storedLog = (): StoredLog => {
  const all: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  const listeners = new Set<(event: StoredEvent) => void>();

  const write = (stream: string, event: ProposedEvent): void => {
    const stored = streams.get(stream) ?? [];
    streams.set(stream, stored);
    const position = (all.at(-1)?.position ?? 0n) + bytesApart;
    const created = BigInt(Date.now()) * 10_000n;
    const latest = all.at(-1)?.created ?? created;
    const kept = { ...event, stream, revision: stored.length, position, created: latest > created ? latest : created };
    stored.push(kept);
    all.push(kept);
    for (const listener of listeners) listener(kept);
  };

  let nextOwnEvent = ownEventsEach;
  const writeOwn = (): void => {
    nextOwnEvent = all.length + ownEventsEach;
    write('$stats', ownEvent());
  };

  const append: StoredLog['append'] = (stream, expected, events) => {
    const stored = streams.get(stream) ?? [];
    const head = stored.length - 1;
    const repeated = repeatAt(stored, expected, events);
    if (repeated !== null) return repeated;
    if (!holds(expected, head)) return { is: 'elsewhere', revision: head };
    for (const event of events) write(stream, event);
    const answer = writtenTo(streams.get(stream)?.at(-1));
    if (all.length >= nextOwnEvent) writeOwn();
    return answer;
  };

  return {
    all,
    streamOf: (stream) => streams.get(stream),
    append,
    onAppend: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const writtenTo = (last: StoredEvent | undefined): Written =>
  last ? { is: 'written', revision: last.revision, position: last.position } : { is: 'written', revision: -1, position: 0n };

const holds = (expected: Expected, head: number): boolean =>
  expected.is === 'any' || (expected.is === 'exists' ? head >= 0 : expected.revision === head);

/** All ids stand right after the expected revision: it is a repeat. One without events is a repeat anywhere below the head. */
const repeatAt = (stored: readonly StoredEvent[], expected: Expected, events: readonly ProposedEvent[]): Written | null => {
  if (expected.is !== 'at' || expected.revision >= stored.length - 1) return null;
  const there = stored.slice(expected.revision + 1, expected.revision + 1 + events.length);
  const same = there.length === events.length && events.every(({ id }, index) => there[index]?.id === id);
  return same ? { is: 'written', revision: expected.revision + events.length, position: there.at(-1)?.position ?? 0n } : null;
};

const ownEvent = (): ProposedEvent => ({
  id: crypto.randomUUID(),
  type: '$statsCollected',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: new Uint8Array(),
});
