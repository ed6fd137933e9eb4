import type { JobResult, JobRun, ShopPlace } from '@stockproof/channel-directory';
import type { SalesChannel } from '@stockproof/sales-channel';
import type { Database } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { SalesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import { v7 } from 'uuid';
import { figuresFor, type ToldFigure } from './figures';
import { figureName, figureNamed, keepAnswer, lastTold, openPublication, writeDown, type StockNotice } from './publications';

/** So many figures at once where only changes are told. */
const figuresAtOnce = 1_000;

/** How long a change may wait that nobody announced; and how often all is told where all is told each time. */
const everyMs = { off: 60_000, changes: 5_000, full: 15 * 60_000 } as const;

/** The period of the job where the channel has none of its own. */
export const periodOfPublishing = ({ stockPublication }: SalesChannelCreatedV1): number => everyMs[stockPublication.mode];

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
  const figures = await figuresFor(publishing.database, to);
  const batches = mode === 'full' ? [figures] : batchesOf(changesOf(figures, await lastTold(publishing.database, to)));
  for (const [done, rows] of batches.entries()) {
    const rules = { publishedWarehouses: to.setUp.publishedWarehouses, rules: to.setUp.stockPublication.rules };
    const publication: StockNotice = { publicationId: v7(), mode, rules, rows, createdAt: publishing.clock.now() };
    await writeDown(publishing.database, to, publication);
    await tell(publishing, to, publication);
    await progress(done + 1, batches.length);
  }
  return { cursor: null };
};

/** What was told before and is no longer offered is nothing from now on. */
const changesOf = (figures: readonly ToldFigure[], told: ReadonlyMap<string, number>): readonly ToldFigure[] => {
  const now = new Set(figures.map(({ sku, warehouseCode }) => figureName(sku, warehouseCode)));
  const changed = figures.filter(({ sku, warehouseCode, quantity }) => told.get(figureName(sku, warehouseCode)) !== quantity);
  const gone = [...told].filter(([name, quantity]) => quantity !== 0 && !now.has(name));
  return [...changed, ...gone.map(([name]) => ({ ...figureNamed(name), quantity: 0, available: null }))];
};

const batchesOf = (figures: readonly ToldFigure[]): readonly (readonly ToldFigure[])[] =>
  Array.from({ length: Math.ceil(figures.length / figuresAtOnce) }, (_, at) => figures.slice(at * figuresAtOnce, (at + 1) * figuresAtOnce));

const tell = async ({ database, clock }: Publishing, to: To, publication: StockNotice): Promise<void> => {
  const { mode, rows, createdAt, publicationId } = publication;
  const said = rows.map(({ sku, warehouseCode, quantity }) => ({ sku, warehouseCode, quantity }));
  const answer = await to.channel.publishStock({ mode, publishedAt: createdAt, rows: said }, { effectId: publicationId });
  if (answer.outcome === 'unanswered') throw new Error(`The shop has not answered: ${answer.reason}`);
  await keepAnswer(database, to, publication, { answer, at: clock.now() });
};
