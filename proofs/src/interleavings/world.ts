import { createHash } from 'node:crypto';
import type { InMemoryEventStore } from '@stockproof/event-store';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { WaitingRow } from '@stockproof/stock-service/testing';
import type { Instant } from '@stockproof/vocabulary';
import type { Moment } from './histories';

/** A message and the number of what it says: two that say the same have the same number. */
export type Message = { readonly number: number; readonly message: DeliveredMessage };

export type Mark = WaitingRow & { readonly skus: readonly string[] };

/** A consumer of the topic. `batch`: how many messages it has in hand, `from` which checkpoint on. */
export type Owner = { readonly moment: Moment; readonly from: number; readonly batch: number };

/** One state of everything. Never changed: what happens makes a new one. */
export type World = {
  readonly store: InMemoryEventStore;
  /** The numbers of the events of each stream. */
  readonly streams: ReadonlyMap<string, readonly number[]>;
  /** What the publisher has yet to say. */
  readonly unpublished: readonly Message[];
  /** The topic after the committed checkpoint. */
  readonly topic: readonly Message[];
  readonly committed: number;
  readonly marks: ReadonlyMap<string, Mark>;
  /** The last one is the present owner; those before it have not noticed. */
  readonly owners: readonly Owner[];
  readonly movers: readonly (Moment | null)[];
  readonly said: number;
  readonly done: number;
  readonly reminded: ReadonlySet<string>;
  readonly takeovers: number;
  /** How often old owners went on, and whether one is just doing so. */
  readonly stretches: number;
  readonly oldGoesOn: boolean;
  readonly faults: number;
  readonly now: Instant;
};

const numbers = (messages: readonly Message[]): string => messages.map(({ number }) => number).join(',');

/**
 * Names the state: equal names, equal futures. Times and positions are no part of it – of both only the order could matter, and all
 * clocks stand still –, nor are messages that have been worked off, nor in which order different streams were written to.
 */
export const nameOf = (w: World): string => createHash('md5').update(described(w)).digest('base64');

const described = (w: World): string =>
  [
    streamsKey(w),
    numbers(w.unpublished),
    numbers(w.topic),
    [...w.marks.keys()].sort().join(),
    w.owners.map(({ moment, from, batch }) => `${moment.number}${moment.isBusy ? `:${from === w.committed ? batch : 'late'}` : ''}`).join(),
    w.movers.map((mover) => mover?.number ?? '').join(),
    `${w.said} ${w.done} ${w.takeovers} ${w.stretches} ${w.oldGoesOn} ${w.faults} ${w.now} ${[...w.reminded].sort().join()}`,
  ].join('|');

const streamsKey = (w: World): string =>
  [...w.streams]
    .map(([stream, events]) => `${stream}=${events.join('.')}`)
    .sort()
    .join();

/** Small numbers for whatever is equal as text. */
export const numbering = (): ((text: string) => number) => {
  const known = new Map<string, number>();
  return (text) => {
    const number = known.get(text) ?? known.size + 1;
    known.set(text, number);
    return number;
  };
};
