import { bundles, skusOf, startingStock } from './assortment';
import { chanceFrom, type Chance } from './chance';
import { mayFreeUnits } from './warehouse-habits';

/** What is wrong with an order in the shop's own eyes, or in ours. */
export type Trouble =
  | 'unknown-sku'
  | 'empty-sku'
  | 'no-address'
  | 'cancelled'
  | 'refunded'
  | 'unpaid'
  | 'fulfilled'
  /** Its SKU becomes known only when the product is imported later. */
  | 'sku-known-later'
  /** Its SKU is the shop's own and is mapped to ours. */
  | 'mapped-sku';

export type DemoLine = { readonly sku: string; readonly quantity: number };
export type Address = {
  readonly name: string;
  readonly street: string;
  readonly zip: string;
  readonly city: string;
  readonly country: string;
  readonly email: string;
  readonly phone: string;
};

export type DemoOrder = {
  readonly number: string;
  readonly placedAt: Date;
  readonly lines: readonly DemoLine[];
  readonly address: Address;
  readonly shippingMethod: string;
  readonly trouble: Trouble | null;
};

const firstNames = [
  'Ada',
  'Björn',
  'Chloé',
  'Dilara',
  'Emil',
  'Fatima',
  'Grace',
  'Hugo',
  'Inès',
  'Jan',
  'Käthe',
  'Luca',
  'Maja',
  'Nils',
  'Olga',
  'Piotr',
];
const lastNames = [
  'Andersen',
  'Bauer',
  "D'Amico",
  'Ekström',
  'Fischer',
  'García',
  'Hoffmann',
  'Ivanova',
  'Jansen',
  'Kowalski',
  'Łuczak',
  'Müller',
];
const streets = ['Long Street', 'Market Square', 'Rue du Four', 'Kastanienallee', 'Via Roma', 'Storgatan', 'Calle Mayor', 'Am Hang'];
const places = [
  ['10115', 'Berlin', 'DE'],
  ['20095', 'Hamburg', 'DE'],
  ['80331', 'München', 'DE'],
  ['01067', 'Dresden', 'DE'],
  ['1010', 'Wien', 'AT'],
  ['75004', 'Paris', 'FR'],
  ['1012 AB', 'Amsterdam', 'NL'],
  ['111 20', 'Stockholm', 'SE'],
] as const;

const addressFrom = (chance: Chance): Address => {
  const [first, last, [zip, city, country]] = [chance.oneOf(firstNames), chance.oneOf(lastNames), chance.oneOf(places)];
  return {
    name: `${first} ${last}`,
    street: `${chance.oneOf(streets)} ${1 + chance.below(180)}`,
    zip,
    city,
    country,
    email: `${first}.${last}.${chance.below(900)}@example.com`.toLowerCase().replaceAll(/[^a-z0-9.@]/g, ''),
    phone: `+49 30 ${100_000 + chance.below(899_999)}`,
  };
};

const components: ReadonlySet<string> = new Set(bundles.flatMap((bundle) => bundle.components.map(({ sku }) => sku)));

/** Distinct SKUs, so that a line is known by its SKU in every format. */
const fewOf = (chance: Chance, skus: readonly string[], most: number): readonly DemoLine[] => {
  const chosen = new Set(Array.from({ length: 1 + chance.below(most) }, () => chance.oneOf(skus)));
  return [...chosen].map((sku) => ({ sku, quantity: 1 + chance.below(4) }));
};

const one = (sku: string): DemoLine => ({ sku, quantity: 1 });

/**
 * Whoever comes first, the same number of units must leave each warehouse, or runs would end with different tables. So an order takes
 * all that NORTH has of an article or nothing: of two units, an order for one and an order for two would leave one behind or none, as
 * they come; and of two orders for one, the second goes to SOUTH where NORTH told its level after the first had left it, but before
 * that was heard. Everything else that is rare is ordered by the piece.
 */
const linesFrom = (chance: Chance, number: string): readonly DemoLine[] => {
  const plenty = skusOf('plenty');
  const kind = chance.below(100);
  if (kind < 12 && !mayFreeUnits(number)) return [one(chance.oneOf(skusOf('scarce')))];
  if (kind < 24 && !mayFreeUnits(number)) return [one(chance.oneOf(skusOf('north-only'))), one(chance.oneOf(skusOf('south-only')))];
  if (kind < 36 && !mayFreeUnits(number))
    return [{ sku: chance.oneOf(skusOf('south-mostly')), quantity: startingStock['south-mostly'].NORTH }];
  // What a set consists of is not ordered beside it: what left is then known for each line.
  if (kind < 44)
    return [
      one(chance.oneOf(bundles).sku),
      ...fewOf(
        chance,
        plenty.filter((sku) => !components.has(sku)),
        1,
      ),
    ];
  return fewOf(chance, plenty, 4);
};

/** The shop's method of shipping; the last one nobody has mapped. */
const methodFrom = (chance: Chance): string => {
  const kind = chance.below(20);
  return kind < 13 ? 'Standard' : kind < 19 ? 'Express' : 'Bicycle courier';
};

type Plan = {
  readonly seed: number;
  readonly count: number;
  readonly firstMinute: Date;
  readonly numberOf: (index: number) => string;
  /** By place in the file. */
  readonly troubles: Readonly<Record<number, Trouble>>;
};

const troubledLines = (trouble: Trouble | null, index: number, lines: readonly DemoLine[]): readonly DemoLine[] => {
  const sound = lines.slice(0, 1);
  switch (trouble) {
    case 'unknown-sku':
      return [...sound, one(`NO-SUCH-TEA-${index}`)];
    case 'empty-sku':
      return [...sound, one('')];
    case 'sku-known-later':
      return [one('SENCHA-2026-50')];
    case 'mapped-sku':
      return [one('OLD-MUG-RED')];
    default:
      return lines;
  }
};

/** Orders as a shop has them, one every few minutes. */
export const ordersFrom = ({ seed, count, firstMinute, numberOf, troubles }: Plan): readonly DemoOrder[] => {
  const chance = chanceFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const [number, trouble] = [numberOf(index), troubles[index] ?? null];
    const lines = linesFrom(chance, number);
    return {
      number,
      placedAt: new Date(firstMinute.getTime() + index * 7 * 60_000),
      lines: troubledLines(trouble, index, lines),
      address: addressFrom(chance),
      shippingMethod: methodFrom(chance),
      trouble,
    };
  });
};

/** What the Shopify shop exports. */
export const shopifyOrders = ordersFrom({
  seed: 20_260_105,
  count: 180,
  firstMinute: new Date('2026-01-05T07:12:00Z'),
  numberOf: (index) => `#${1_001 + index}`,
  troubles: {
    11: 'unknown-sku',
    23: 'no-address',
    31: 'cancelled',
    44: 'sku-known-later',
    57: 'refunded',
    68: 'empty-sku',
    79: 'unpaid',
    90: 'mapped-sku',
    104: 'fulfilled',
    121: 'unknown-sku',
    139: 'cancelled',
    150: 'unpaid',
    166: 'no-address',
  },
});

/** What the WooCommerce shop exports. */
export const wooOrders = ordersFrom({
  seed: 20_260_106,
  count: 150,
  firstMinute: new Date('2026-01-06T06:40:00Z'),
  numberOf: (index) => String(50_211 + index * 3),
  troubles: {
    9: 'unpaid',
    20: 'unknown-sku',
    33: 'cancelled',
    47: 'empty-sku',
    60: 'refunded',
    77: 'fulfilled',
    95: 'sku-known-later',
    118: 'no-address',
  },
});

/** Places in the file where an order that stood there before stands once more, word for word. */
export const repeatedShopify: readonly number[] = [40, 120];
export const repeatedWoo: readonly number[] = [72];
