import type { JobResult, JobRun } from '@stockproof/channel-directory';
import type { ChannelProduct } from '@stockproof/channel-exchange';
import { sourceKey } from '@stockproof/catalog-domain';
import type { Database } from '@stockproof/sql';
import { skuKey, type Clock } from '@stockproof/vocabulary';
import { v7 } from 'uuid';
import type { CatalogStreams } from '../catalog.streams';
import { masterSource } from '../product-source/master-source';
import { readNamesThere } from '../views/sku-mappings/sku-mappings.query';
import { readChangedVariants, type VariantPlace, type VariantRow } from '../views/variants/variants.query';
import { channelProducts } from './channel-products';
import { fieldsTold, isNews, productIn, titleIn, variantFor, type ChannelFields } from './channel-variant';
import { keepAnswer, openExport, writeDown, type ProductExport } from './product-exports';
import type { ProductPlace } from './product-place';

export type ExportingProducts = { readonly streams: CatalogStreams; readonly database: Database; readonly clock: Clock };

const variantsAtOnce = 200;
/** So many batches a run: the next run goes on with the rest. */
const batchesARun = 50;

/**
 * Tells a channel of the products that changed, unless they come from there. What was written down and not answered is said again
 * first, under the same name and in the same words; then what the channel does not know, in the order in which it changed.
 */
export const exportProducts = async (
  exporting: ExportingProducts,
  place: ProductPlace,
  { cursor, progress }: JobRun,
): Promise<JobResult> => {
  const open = await openExport(exporting.database, place);
  if (open !== null) await tell(exporting, place, open);
  if (sourceKey(await masterSource(exporting.streams, place.accountId)) === sourceKey(place.source)) return { cursor };
  let after = placeIn(cursor);
  let done = 0;
  for (let batches = 0; batches < batchesARun; batches += 1) {
    const changed = await readChangedVariants(exporting.database, place.accountId, { after, limit: variantsAtOnce });
    const last = changed.at(-1);
    if (last === undefined) break;
    done += await tellNews(exporting, place, changed);
    await progress(done, null);
    after = { position: last.position, sku: last.sku };
  }
  return { cursor: after };
};

const placeIn = (cursor: JobRun['cursor']): VariantPlace | null =>
  typeof cursor?.['position'] === 'string' && typeof cursor['sku'] === 'string'
    ? { position: cursor['position'], sku: cursor['sku'] }
    : null;

type News = { readonly row: VariantRow; readonly variant: ReturnType<typeof variantFor>; readonly fields: ChannelFields };

const tellNews = async (exporting: ExportingProducts, place: ProductPlace, changed: readonly VariantRow[]): Promise<number> => {
  const { database, clock } = exporting;
  const known = await channelProducts(database).knownAt(
    place,
    changed.map(({ sku }) => skuKey(sku)),
  );
  const ours = changed.flatMap(({ sku, components }) => [sku, ...components.map((part) => part.sku)]);
  const theirs = await readNamesThere(database, place, ours);
  const news = changed
    .map((row): News => {
      const variant = variantFor(row, theirs);
      return { row, variant, fields: fieldsTold(row, variant) };
    })
    .filter(({ row, fields }) => isNews(fields, known.get(skuKey(row.sku))));
  if (news.length === 0) return 0;
  const fields = Object.fromEntries(news.map(({ row, fields: told }) => [skuKey(row.sku), told]));
  const told: ProductExport = { exportId: v7(), products: productsOf(news), fields, createdAt: clock.now() };
  await writeDown(database, place, told);
  await tell(exporting, place, told);
  return news.length;
};

/** One product for what is sold of it, and one for what is gone. */
const productsOf = (news: readonly News[]): readonly ChannelProduct[] =>
  [...Map.groupBy(news, ({ row }) => JSON.stringify([productIn(row), row.archived])).values()].flatMap((group) => {
    const row = group[0]?.row;
    if (row === undefined) return [];
    const variants = group.map(({ variant }) => variant);
    return [{ externalProductId: productIn(row), title: titleIn(row), dropped: row.archived, variants }];
  });

const tell = async ({ database, clock }: ExportingProducts, place: ProductPlace, told: ProductExport): Promise<void> => {
  const answer = await place.channel.sendProducts(told.products, { effectId: told.exportId });
  if (answer.outcome === 'unanswered') throw new Error(`The channel has not answered: ${answer.reason}`);
  await keepAnswer(database, place, told, { answer, at: clock.now() });
};
