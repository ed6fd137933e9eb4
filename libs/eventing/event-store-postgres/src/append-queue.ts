import type { AppendOutcome, EncodedAppend, StreamName } from '@stockproof/event-store';

/** Appends of one call that go out together, in their order. */
type Unit = {
  readonly appends: readonly EncodedAppend[];
  readonly bytes: number;
  readonly settle: (outcomes: readonly AppendOutcome[]) => void;
  readonly fail: (error: unknown) => void;
};

export type AppendQueue = {
  readonly enter: (appends: readonly EncodedAppend[]) => Promise<readonly AppendOutcome[]>;
  /** Resolves once nothing waits or is under way. */
  readonly drained: () => Promise<void>;
};

/** More in one statement makes neighbours wait longer than it saves. */
export const batchLimits = { appends: 200, bytes: 1_048_576 };

type Write = (appends: readonly EncodedAppend[]) => Promise<readonly AppendOutcome[]>;

/**
 * Group commit: what callers ask in the same moment, and while a batch is under way, goes out together. A stream is never twice in a
 * batch or under way, and its appends keep their order.
 */
export const appendQueue = (write: Write, lanes: number): AppendQueue => {
  let waiting: Unit[] = [];
  let free = lanes;
  let scheduled = false;
  let whenDrained: (() => void)[] = [];
  const underWay = new Set<StreamName>();

  const run = async (units: readonly Unit[]): Promise<void> => {
    free -= 1;
    const appends = units.length === 1 && units[0] ? units[0].appends : units.flatMap((unit) => unit.appends);
    for (const { stream } of appends) underWay.add(stream);
    try {
      const outcomes = await write(appends);
      let from = 0;
      for (const unit of units) unit.settle(outcomes.slice(from, (from += unit.appends.length)));
    } catch (error) {
      for (const unit of units) unit.fail(error);
    } finally {
      for (const { stream } of appends) underWay.delete(stream);
      free += 1;
      schedule();
    }
  };

  const sendAll = (): void => {
    scheduled = false;
    while (free > 0 && waiting.length > 0) {
      const { taken, left } = nextBatch(waiting, underWay);
      if (taken.length === 0) return;
      waiting = left;
      void run(taken);
    }
  };

  const schedule = (): void => {
    if (free === lanes && waiting.length === 0) {
      for (const resolve of whenDrained) resolve();
      whenDrained = [];
    } else if (!scheduled && free > 0) {
      scheduled = true;
      setImmediate(sendAll);
    }
  };

  return {
    enter: (appends) =>
      new Promise((settle, fail) => {
        waiting.push({ appends, bytes: bytesOf(appends), settle, fail });
        schedule();
      }),
    drained: () =>
      new Promise((resolve) => {
        whenDrained.push(resolve);
        schedule();
      }),
  };
};

const bytesOf = (appends: readonly EncodedAppend[]): number => appends.reduce((sum, { bytes }) => sum + bytes, 0);

type Waiting = Pick<Unit, 'appends' | 'bytes'>;

/** The longest-waiting units that fit together; what waits for a busy stream keeps all later ones of its streams behind it. */
export const nextBatch = <U extends Waiting>(
  waiting: readonly U[],
  underWay: ReadonlySet<StreamName>,
): { readonly taken: U[]; readonly left: U[] } => {
  const taken: U[] = [];
  const left: U[] = [];
  const closed = new Set<StreamName>();
  let [appends, bytes] = [0, 0];
  for (const [index, unit] of waiting.entries()) {
    const isFull = taken.length > 0 && (appends + unit.appends.length > batchLimits.appends || bytes + unit.bytes > batchLimits.bytes);
    if (isFull) return { taken, left: [...left, ...waiting.slice(index)] };
    const isFree = unit.appends.every(({ stream }) => !underWay.has(stream) && !closed.has(stream));
    for (const { stream } of unit.appends) closed.add(stream);
    if (!isFree) {
      left.push(unit);
      continue;
    }
    taken.push(unit);
    appends += unit.appends.length;
    bytes += unit.bytes;
  }
  return { taken, left };
};

/** A call's appends in portions that fit a batch; one append always fits. */
export const portions = (appends: readonly EncodedAppend[]): readonly (readonly EncodedAppend[])[] => {
  const all: EncodedAppend[][] = [];
  let bytes = 0;
  for (const append of appends) {
    const last = all.at(-1);
    if (last && last.length < batchLimits.appends && bytes + append.bytes <= batchLimits.bytes) {
      last.push(append);
      bytes += append.bytes;
    } else {
      all.push([append]);
      bytes = append.bytes;
    }
  }
  return all;
};
