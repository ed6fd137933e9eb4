import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '@stockproof/decider';
import { knownProblems } from './known-problems';
import type { ListQuery } from './list-query';
import { ProblemException } from './problem-exception';

/** One page of a list; `nextCursor` is `null` on the last. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

const macBytes = 16;

/** What a cursor is good for: this list, for this tenant, with these filters. */
const bindingOf = (list: string, query: ListQuery): string => {
  const filters = Object.entries(query).filter(([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined);
  return JSON.stringify([list, filters.sort(([left], [right]) => (left < right ? -1 : 1))]);
};

const markOf = (feed: string): string => JSON.stringify(['feed', feed]);

/** Opaque signed cursors: nobody makes one up, or takes one to another list, tenant or filter. */
export class Cursors {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = createHash('sha256').update(`cursors\n${secret}`).digest();
  }

  /** The place after which the page asked for begins; `null` for the first. 400 for a cursor of anything else. `list` names list and tenant. */
  after<Place extends JsonObject>(list: string, query: ListQuery): Place | null {
    return query.cursor === undefined ? null : this.read<Place>(query.cursor, bindingOf(list, query), '/query/cursor');
  }

  /** A place in a feed, which goes on for ever: whatever is filtered, it may be taken up again. `feed` names feed and tenant. */
  mark(feed: string, place: JsonObject): string {
    return this.sign(place, markOf(feed));
  }

  /** The place that a mark stands for; 400 for a mark of anything else. */
  marked<Place extends JsonObject>(feed: string, mark: string): Place {
    return this.read<Place>(mark, markOf(feed), '/query/after');
  }

  /** A page from rows that were read with `limit + 1`: the one too many only says that there is more. */
  page<Row, Item>(
    list: string,
    query: ListQuery,
    rows: readonly Row[],
    of: { readonly item: (row: Row) => Item; readonly place: (row: Row) => JsonObject },
  ): Page<Item> {
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const more = rows.length > shown.length && last !== undefined;
    return { items: shown.map(of.item), nextCursor: more ? this.sign(of.place(last), bindingOf(list, query)) : null };
  }

  private read<Place extends JsonObject>(cursor: string, binding: string, pointer: string): Place {
    const bytes = Buffer.from(cursor, 'base64url');
    const place = bytes.subarray(macBytes);
    const genuine = bytes.length > macBytes && timingSafeEqual(bytes.subarray(0, macBytes), this.mac(place, binding));
    if (!genuine)
      throw new ProblemException({
        ...knownProblems.invalidCursor,
        errors: [{ pointer, code: 'cursor', message: knownProblems.invalidCursor.title }],
      });
    return JSON.parse(place.toString('utf8')) as Place;
  }

  private sign(place: JsonObject, binding: string): string {
    const bytes = Buffer.from(JSON.stringify(place), 'utf8');
    return Buffer.concat([this.mac(bytes, binding), bytes]).toString('base64url');
  }

  private mac(place: Buffer, binding: string): Buffer {
    return createHmac('sha256', this.key).update(binding).update('\n').update(place).digest().subarray(0, macBytes);
  }
}
