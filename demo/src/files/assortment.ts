/**
 * How much of a SKU lies where decides what its orders will show: `plenty` is never short, `south-mostly` soon sends orders to the
 * second warehouse, `north-only` and `south-only` in one order split it, and `scarce` leaves orders waiting until goods come in.
 */
export type Abundance = 'plenty' | 'south-mostly' | 'north-only' | 'south-only' | 'scarce';

export type Article = {
  readonly product: string;
  readonly title: string;
  readonly sku: string;
  readonly name: string;
  readonly barcode: string;
  readonly weightG: number;
  readonly price: string;
  readonly abundance: Abundance;
};

export type Bundle = {
  readonly product: string;
  readonly title: string;
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly components: readonly { readonly sku: string; readonly quantity: number }[];
};

const teas = [
  ['SENCHA', 'Sencha', 4.9],
  ['MATCHA', 'Matcha', 14.5],
  ['GYOKURO', 'Gyokuro', 18.2],
  ['BANCHA', 'Bancha', 3.9],
  ['ASSAM', 'Assam', 4.2],
  ['DARJEELING', 'Darjeeling first flush', 7.6],
  ['EARLGREY', 'Earl Grey', 4.4],
  ['KEEMUN', 'Keemun', 6.1],
  ['LAPSANG', 'Lapsang souchong', 5.8],
  ['OOLONG', 'Oolong', 6.9],
  ['PUERH', 'Pu-erh', 8.3],
  ['WHITE', 'White peony', 9.4],
  ['JASMINE', 'Jasmine', 5.2],
  ['ROOIBOS', 'Rooibos', 3.6],
  ['MINT', 'Peppermint', 2.9],
  ['CAMOMILE', 'Camomile', 2.9],
  ['FENNEL', 'Fennel', 2.7],
  ['HIBISCUS', 'Hibiscus', 3.1],
  ['CHAI', 'Masala chai', 4.8],
  ['MATE', 'Mate', 4.1],
] as const;
const weights = [50, 100, 250, 500, 1_000] as const;

const wares = [
  ['MUG', 'Mug', 380, 9.9],
  ['CUP', 'Cup', 210, 7.5],
  ['BOWL', 'Bowl', 320, 8.9],
  ['POT', 'Teapot', 950, 34.0],
  ['TIN', 'Tea tin', 140, 6.5],
  ['SIEVE', 'Sieve', 60, 5.9],
  ['TRAY', 'Tray', 700, 19.9],
  ['SPOON', 'Measuring spoon', 40, 4.5],
  ['COSY', 'Tea cosy', 180, 16.0],
  ['KETTLE', 'Kettle', 1_300, 49.0],
  ['WHISK', 'Whisk', 30, 12.9],
] as const;
const colours = ['RED', 'BLUE', 'GREEN', 'WHITE', 'BLACK', 'SAND', 'PLUM', 'TEAL', 'ROSE', 'GREY'] as const;

const abundances: readonly Abundance[] = ['south-mostly', 'north-only', 'south-only', 'scarce'];

/** Every tenth colour variant is one of the rare kinds, in turn; all else there is plenty of. */
const abundanceOf = (index: number): Abundance => (index % 3 === 2 ? (abundances[Math.floor(index / 3) % 4] ?? 'plenty') : 'plenty');

const inTwoDigits = (value: number): string => value.toFixed(2);

const teaArticles: readonly Article[] = teas.flatMap(([code, title, perHundred], at) =>
  weights.map((weightG, size) => ({
    product: `TEA-${code}`,
    title: `${title} tea`,
    sku: `${code}-${weightG}`,
    name: `${title}, ${weightG} g`,
    barcode: `40${String(10_000_000 + at * 100 + size).padStart(10, '0')}`,
    weightG,
    price: inTwoDigits((perHundred * weightG) / 100),
    abundance: 'plenty' as const,
  })),
);

const wareArticles: readonly Article[] = wares.flatMap(([code, title, weightG, price], at) =>
  colours.map((colour, shade) => ({
    product: `WARE-${code}`,
    title,
    sku: `${code}-${colour}`,
    name: `${title}, ${colour.toLowerCase()}`,
    barcode: `41${String(10_000_000 + at * 100 + shade).padStart(10, '0')}`,
    weightG,
    price: inTwoDigits(price),
    abundance: abundanceOf(at * colours.length + shade),
  })),
);

/** 210 articles: teas by weight, wares by colour. */
export const articles: readonly Article[] = [...teaArticles, ...wareArticles];

/** Sets of a tin and a tea; what they consist of there is plenty of. */
export const bundles: readonly Bundle[] = teas.slice(0, 10).map(([code, title, perHundred]) => ({
  product: `SET-${code}`,
  title: `${title} gift set`,
  sku: `SET-${code}`,
  name: `${title} gift set: 2 × 100 g and a measuring spoon`,
  price: inTwoDigits(perHundred * 2 + 4),
  components: [
    { sku: `${code}-100`, quantity: 2 },
    { sku: 'SPOON-RED', quantity: 1 },
  ],
}));

export const skusOf = (abundance: Abundance): readonly string[] =>
  articles.filter((article) => article.abundance === abundance).map(({ sku }) => sku);

/** Units per warehouse when the demonstration begins. */
export const startingStock: Readonly<Record<Abundance, { readonly NORTH: number; readonly SOUTH: number }>> = {
  plenty: { NORTH: 500, SOUTH: 300 },
  'south-mostly': { NORTH: 2, SOUTH: 200 },
  'north-only': { NORTH: 150, SOUTH: 0 },
  'south-only': { NORTH: 0, SOUTH: 150 },
  scarce: { NORTH: 1, SOUTH: 0 },
};
