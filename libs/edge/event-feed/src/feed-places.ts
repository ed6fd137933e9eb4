import { knownProblems, parsePositionToken, problem, ProblemException, type Cursors } from '@stockproof/http-problems';
import type { EventStore, Position } from '@stockproof/event-store';

/**
 * Up to where a reader has come: a position, which event stands there, and – where it stands amid what belongs to that position – what
 * of it was read last. The event tells a log from an older state of it that somebody restored.
 */
export type FeedPlace = { readonly position: Position; readonly eventId: string; readonly within: string | number | null };

export const historyReplaced = problem(410, 'history-replaced', 'The log was restored to an earlier state; read from the beginning', {
  detail: 'What stood at this place is not there any more, so what was read up to it may not hold.',
});

/** What readers of a feed are given to come back with, and what it stands for. */
export type FeedPlaces = {
  /** `null`: the beginning. Takes a mark of this feed and a `Stockproof-Position` of this service: 400 for anything else, 410 where the log no longer has that event. */
  readonly read: (feed: string, after: string | undefined) => Promise<FeedPlace | null>;
  readonly mark: (feed: string, place: FeedPlace) => string;
  /** The place right behind all that belongs to a position of this log. */
  readonly behind: (position: Position) => Promise<FeedPlace>;
};

export const feedPlaces = (service: string, store: Pick<EventStore, 'eventAt'>, cursors: Cursors): FeedPlaces => {
  const behind = async (position: Position): Promise<FeedPlace> => {
    const event = await store.eventAt(position);
    if (event === null) throw new ProblemException(historyReplaced);
    return { position, eventId: event.id, within: null };
  };
  return {
    behind,
    mark: (feed, place) => cursors.mark(feed, place),
    read: async (feed, after) => {
      if (after === undefined) return null;
      if (after.includes(':')) return behind(positionIn(service, after));
      const place = cursors.marked<FeedPlace>(feed, after);
      const { eventId } = await behind(place.position);
      if (eventId !== place.eventId) throw new ProblemException(historyReplaced);
      return place;
    },
  };
};

const positionIn = (service: string, token: string): Position => {
  const parsed = parsePositionToken(token);
  if (parsed?.service === service) return parsed.position;
  const message =
    parsed === null ? 'must be a mark of this feed, or a Stockproof-Position' : `is a position of ${parsed.service}, not of ${service}`;
  throw new ProblemException({
    ...knownProblems.foreignPosition,
    errors: [{ pointer: '/query/after', code: 'position', message }],
  });
};
