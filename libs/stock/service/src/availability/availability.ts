import type { Queryable, TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import { figuresStatement, type FigureRow, type FiguresRow } from './figures';
import { knownVariants, type KnownVariant } from './known-variants';

export type AvailabilityAsked = {
  readonly accountId: AccountId;
  readonly skus: readonly string[];
  readonly warehouseIds: readonly string[];
  /** `null`: as the account's settings say. */
  readonly maySplit: boolean | null;
};

/** `quantities` is null exactly where the outcome is no figure. */
export type AvailableFigure = {
  readonly sku: string;
  readonly warehouseId: string;
  readonly outcome: 'figure' | 'unknown-sku' | 'unknown-warehouse';
  readonly kind: 'sku' | 'bundle' | null;
  readonly archived: boolean;
  readonly quantities: Pick<FigureRow, 'available' | 'publishable' | 'position'> | null;
};

export type Availability = { readonly position: string; readonly maySplit: boolean; readonly figures: readonly AvailableFigure[] };

/**
 * What may be promised of each of these SKUs in each of these warehouses, in the order asked: two statements, however many figures. One
 * looks up what the SKUs are, which the log of stock does not know; the other makes all figures from the levels of one moment.
 */
export const availability = async (
  { writer, reader }: { readonly writer: Queryable; readonly reader: TenantReader },
  { accountId, skus, warehouseIds, maySplit: asked }: AvailabilityAsked,
): Promise<Availability> => {
  const known = await knownVariants(writer, accountId, skus);
  const maySplit = asked ?? known.maySplit;
  const wanted = new Map(skus.map((sku) => [skuKey(sku), known.variants.get(skuKey(sku)) ?? null]));
  const [row] = await reader.readAs<FiguresRow>(
    { kind: 'account', accountId },
    figuresStatement({ accountId, skus: wanted, everyOtherThan: null, warehouseIds, maySplit }),
  );
  if (row === undefined) throw new Error('A statement of sub-selects answers one row.');
  const seen: Seen = {
    warehouses: new Set(row.warehouses.map(({ warehouseId }) => warehouseId)),
    heardOf: new Set(row.heardOf),
    figures: new Map(row.figures.map((figure) => [`${figure.skuKey} ${figure.warehouseId}`, figure])),
  };
  const figures = skus.flatMap((sku) =>
    warehouseIds.map((warehouseId) => figureOf(sku, warehouseId, wanted.get(skuKey(sku)) ?? null, seen)),
  );
  return { position: row.position, maySplit, figures };
};

type Seen = {
  readonly warehouses: ReadonlySet<string>;
  readonly heardOf: ReadonlySet<string>;
  readonly figures: ReadonlyMap<string, FigureRow>;
};

const figureOf = (sku: string, warehouseId: string, variant: KnownVariant | null, seen: Seen): AvailableFigure => {
  const key = skuKey(sku);
  const nothing = { sku, warehouseId, kind: null, archived: false, quantities: null };
  if (variant === null && !seen.heardOf.has(key)) return { ...nothing, outcome: 'unknown-sku' };
  const figure = seen.warehouses.has(warehouseId) ? seen.figures.get(`${key} ${warehouseId}`) : undefined;
  if (figure === undefined) return { ...nothing, outcome: 'unknown-warehouse' };
  return { sku, warehouseId, outcome: 'figure', ...described(variant, figure) };
};

const described = (variant: KnownVariant | null, { available, publishable, position }: FigureRow) => {
  const { components, archived } = variant ?? { components: [], archived: false };
  const kind: 'sku' | 'bundle' = components.length > 0 ? 'bundle' : 'sku';
  // What is archived is not sold, whatever lies there.
  return { kind, archived, quantities: { available, publishable: archived ? 0 : publishable, position } };
};
