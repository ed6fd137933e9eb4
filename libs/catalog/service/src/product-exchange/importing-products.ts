import type { JobResult, JobRun } from '@stockproof/channel-directory';
import type { ChannelProduct, ChannelVariant } from '@stockproof/channel-exchange';
import { sourceKey } from '@stockproof/catalog-domain';
import type { Log } from '@stockproof/service-host';
import { skuKey, type AccountId, type Clock, type Sku } from '@stockproof/vocabulary';
import { productStream, skuMappingStream, variantStream, type CatalogStreams } from '../catalog.streams';
import { masterSource } from '../product-source/master-source';
import { supplyVariant } from '../variants/adding-variants';
import type { ChannelProducts, KnownThere } from './channel-products';
import { fieldsSent, sentIn } from './channel-variant';
import { contextAt, type ProductPlace } from './product-place';

export type ImportingProducts = {
  readonly streams: CatalogStreams;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  readonly known: Pick<ChannelProducts, 'learn'>;
  /** The SKUs of a product that are sold, as the log has them at this moment. */
  readonly skusOfProduct: (accountId: AccountId, productId: string) => Promise<readonly Sku[]>;
};

/** So many pages a run: the next run goes on with the rest. */
const pagesARun = 50;

/** Jobs show it. */
export class NotTheMasterSource extends Error {
  override readonly name = 'NotTheMasterSource';
}

/** One run: bundles whose components come later in the feed wait for its end. */
type Run = { readonly importing: ImportingProducts; readonly place: ProductPlace; readonly waiting: Map<string, Waiting> };
type Waiting = { readonly variant: () => Promise<string | null>; readonly sku: Sku };

/** Reads what the master product source has, from where the last run stopped. Only the master's may run. */
export const importProducts = async (
  importing: ImportingProducts,
  place: ProductPlace,
  { cursor, progress }: JobRun,
): Promise<JobResult> => {
  if (sourceKey(await masterSource(importing.streams, place.accountId)) !== sourceKey(place.source))
    throw new NotTheMasterSource('This channel is not the master product source of the account: its products are not imported.');
  const run: Run = { importing, place, waiting: new Map() };
  let after = typeof cursor?.['after'] === 'string' ? cursor['after'] : null;
  let done = 0;
  for (let pages = 0; pages < pagesARun; pages += 1) {
    const page = await place.channel.importProducts(after);
    for (const { problem } of page.unreadable) importing.log.warn({ placeId: place.placeId, problem }, 'a product could not be read');
    for (const [index, product] of page.items.entries()) await takeProduct(run, product, [after ?? '', index]);
    done += page.items.length;
    after = page.nextCursor;
    await progress(done, null);
    if (!page.more) break;
  }
  for (const { variant, sku } of run.waiting.values()) warnOfRefusal(run, sku, await variant());
  return { cursor: { after } };
};

type Step = readonly [string, number];

const takeProduct = async (run: Run, product: ChannelProduct, step: Step): Promise<void> => {
  const { importing, place } = run;
  const named = await Promise.all(product.variants.map(async (variant) => ({ variant, sku: await ourSku(run, variant.sku) })));
  const known: KnownThere = new Map(named.map(({ variant, sku }) => [skuKey(sku), fieldsSent(product, variant)]));
  if (product.dropped)
    await dropVariants(
      run,
      product,
      named.map(({ sku }) => sku),
      step,
    );
  else await takeVariants(run, product, named, step);
  await importing.known.learn(place, known);
};

/** The channel's own name of a SKU first, else the SKU as it is. Names are given in another process: what this one knows may be old. */
const ourSku = async ({ importing: { streams }, place }: Run, theirs: Sku): Promise<Sku> => {
  const { state } = await streams.skuMappings.loadLatest(skuMappingStream(place.accountId, place.channelId, theirs));
  return state.status === 'mapped' ? state.sku : theirs;
};

type Named = { readonly variant: ChannelVariant; readonly sku: Sku };

const takeVariants = async (run: Run, product: ChannelProduct, named: readonly Named[], step: Step): Promise<void> => {
  const { importing, place } = run;
  const { externalProductId: productId, title } = product;
  const command = {
    type: 'DescribeProduct',
    data: { productId, changes: title === '' ? {} : { title }, origin: place.source, now: importing.clock.now() },
  } as const;
  const handled = await importing.streams.products.handle(
    productStream(place.accountId, productId),
    command,
    contextAt(place, ...step, 'product', productId, title),
  );
  if (handled.outcome === 'rejected') return warnOfRefusal(run, productId, handled.rejection.type);
  for (const { variant, sku } of named) await takeVariant(run, { product, variant, sku }, step);
};

const takeVariant = async (
  run: Run,
  { product, variant, sku }: Named & { readonly product: ChannelProduct },
  step: Step,
): Promise<void> => {
  const take = () => supply(run, { product, variant, sku }, step);
  run.waiting.delete(skuKey(sku));
  const refused = await take();
  if (refused === 'ComponentsNotUsable') run.waiting.set(skuKey(sku), { variant: take, sku });
  else warnOfRefusal(run, sku, refused);
};

const supply = async (
  { importing: { streams, clock }, place }: Run,
  { product, variant, sku }: Named & { readonly product: ChannelProduct },
  step: Step,
): Promise<string | null> => {
  const supplied = { sku, sent: sentIn(product, variant), components: variant.components ?? null, source: place.source };
  const context = contextAt(place, ...step, 'variant', sku, JSON.stringify(variant));
  const handled = await supplyVariant(streams, supplied, clock.now(), context);
  if (handled.outcome === 'accepted') return null;
  // A lost race is no word about the variant: the job comes back and has it again.
  if (handled.rejection.type === 'ConcurrentModification') throw new Error(`${sku} lost every race`);
  return handled.rejection.type;
};

/** What is named goes; where nothing is named, all that the product has. What the source never had stays. */
const dropVariants = async (run: Run, { externalProductId }: ChannelProduct, named: readonly Sku[], step: Step): Promise<void> => {
  const { importing, place } = run;
  const skus = named.length > 0 ? named : await importing.skusOfProduct(place.accountId, externalProductId);
  for (const sku of skus) {
    run.waiting.delete(skuKey(sku));
    const command = { type: 'DropVariant', data: { source: place.source, now: importing.clock.now() } } as const;
    const context = contextAt(place, ...step, 'drop', sku);
    const handled = await importing.streams.variants.handle(variantStream(place.accountId, sku), command, context);
    if (handled.outcome === 'rejected') throw new Error(`${sku} could not be archived: ${handled.rejection.type}`);
  }
};

/** An error stops its item only; the log says which and why. */
const warnOfRefusal = ({ importing, place }: Run, what: string, refused: string | null): void => {
  if (refused !== null) importing.log.warn({ placeId: place.placeId, what, refused }, 'what the master product source sent was refused');
};
