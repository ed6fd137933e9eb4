import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { read } from '../http/answering';
import type { Journal } from './journal';

const journalQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  kind: z.string().max(100).optional(),
  place: z.string().max(100).optional(),
});

/** What happened here, for whoever checks it against what Stockproof says; settings hold secrets and are left out. */
export const journalRoutes = (http: FastifyInstance, journal: Journal): void => {
  http.get('/journal', (request) => {
    const { after, limit, kind, place } = read(journalQuery, request.query);
    const asked = journal
      .entries()
      .slice(after)
      .filter(
        (entry) =>
          !entry.kind.endsWith('-set-up') && (kind === undefined || entry.kind === kind) && (place === undefined || entry.place === place),
      );
    const entries = asked.slice(0, limit);
    const more = entries.length < asked.length;
    return { entries, nextCursor: more ? (entries.at(-1)?.seq ?? after) : journal.entries().length, more };
  });
};
