import type { JobResult, JobRun, ShopPlace } from '@stockproof/channel-directory';
import type { SalesChannel } from '@stockproof/sales-channel';
import type { Database } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { v7 } from 'uuid';
import { figuresFor, type ToldFigure } from './figures';
import { figureName, keepAnswer, lastTold, openPublication, writeDown, type Publication } from './publications';

/** So many figures at once where only changes are told. */
const figuresAtOnce = 1_000;

type Publishing = { readonly database: Database; readonly clock: Clock };
type To = ShopPlace & { readonly channel: SalesChannel };

/**
 * Tells a shop what may be sold, one way. What was written down and not answered is said again first, under the same name and in the
 * same words; then what differs from what the shop was last told.
 */
export const publishStock = async (publishing: Publishing, to: To, { progress }: JobRun): Promise<JobResult> => {
  const open = await openPublication(publishing.database, to);
  if (open !== null) await tell(publishing, to, open);
  const { mode } = to.setUp.stockPublication;
  if (mode === 'off') return { cursor: null };
  const told = await lastTold(publishing.database, to);
  const figures = await figuresFor(publishing.database, to);
  const changed = figures.filter(({ sku, warehouseCode, quantity }) => told.get(figureName(sku, warehouseCode)) !== quantity);
  if (changed.length === 0) return { cursor: null };
  const batches = mode === 'full' ? [figures] : batchesOf(changed);
  for (const [done, rows] of batches.entries()) {
    const publication: Publication = { publicationId: v7(), mode, rows, createdAt: publishing.clock.now() };
    await writeDown(publishing.database, to, publication);
    await tell(publishing, to, publication);
    await progress(done + 1, batches.length);
  }
  return { cursor: null };
};

const batchesOf = (figures: readonly ToldFigure[]): readonly (readonly ToldFigure[])[] =>
  Array.from({ length: Math.ceil(figures.length / figuresAtOnce) }, (_, at) => figures.slice(at * figuresAtOnce, (at + 1) * figuresAtOnce));

const tell = async ({ database, clock }: Publishing, to: To, publication: Publication): Promise<void> => {
  const { mode, rows, createdAt, publicationId } = publication;
  const answer = await to.channel.publishStock({ mode, publishedAt: createdAt, rows }, { effectId: publicationId });
  if (answer.outcome === 'unanswered') throw new Error(`The shop has not answered: ${answer.reason}`);
  await keepAnswer(database, to, publication, { answer, at: clock.now() });
};
