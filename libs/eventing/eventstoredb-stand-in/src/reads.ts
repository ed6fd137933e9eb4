import type streams from '@eventstore/db-client/generated/streams_pb';
import { nameIn } from './messages';
import type { StoredEvent, StoredLog } from './stored-log';

type Options = streams.ReadReq.Options;

/** What a read asks for, in order; null where it names a stream that there is not. */
export const eventsRead = (log: StoredLog, options: Options): readonly StoredEvent[] | null => {
  const backwards = Number(options.getReadDirection()) === 1;
  const found = options.hasStream() ? ofStream(log, options, backwards) : ofAll(log, options, backwards);
  return found && (options.hasCount() ? found.slice(0, Number(options.getCount())) : found);
};

const ofStream = (log: StoredLog, options: Options, backwards: boolean): readonly StoredEvent[] | null => {
  const asked = options.getStream();
  const stored = log.streamOf(nameIn(asked?.getStreamIdentifier()));
  if (!stored || !asked) return null;
  if (!backwards) return asked.hasEnd() ? [] : stored.slice(asked.hasRevision() ? Number(asked.getRevision()) : 0);
  const until = asked.hasRevision() ? Number(asked.getRevision()) + 1 : asked.hasEnd() ? stored.length : 0;
  return stored.slice(0, until).reverse();
};

/** Forwards a place includes the event that lies there, backwards it does not. */
const ofAll = ({ all }: StoredLog, options: Options, backwards: boolean): readonly StoredEvent[] => {
  const asked = options.getAll();
  if (!asked?.hasPosition()) {
    const fromItsEnd = asked?.hasEnd() === true;
    if (backwards) return fromItsEnd ? [...all].reverse() : [];
    return fromItsEnd ? [] : all;
  }
  const place = BigInt(asked.getPosition()?.getCommitPosition() ?? 0);
  return backwards ? all.slice(0, firstFrom(all, place)).reverse() : all.slice(firstFrom(all, place));
};

/** The index of the first event at or after a place. */
export const firstFrom = (all: readonly StoredEvent[], place: bigint): number => {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle] as StoredEvent).position < place) low = middle + 1;
    else high = middle;
  }
  return low;
};
