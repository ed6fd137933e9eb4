import { leftOfLine, trueDepartures, trueOnHand } from './figures';
import type { Invariant } from './invariants';
import { entriesOf, type OrderTold } from './journal';
import type { Said } from './said';
import { named, tally, type Tally } from './tally';
import type { Truth } from './truth';

/** What the shops were told of an order, in the order in which they heard it. */
const toldOf = (truth: Truth, shop: string, number: string): readonly OrderTold[] =>
  entriesOf(truth.journal, 'order-told').filter((entry) => entry.place === truth.placeOf('shops', shop) && entry.orderNumber === number);

const departuresOf = ({ journal }: Truth): Tally => {
  const departures = tally();
  for (const { orderNumber, lines } of entriesOf(journal, 'shipment-left')) if (lines.length > 0) departures.add(orderNumber, 1);
  return departures;
};

const shopsTold: Invariant = {
  name: 'what the shop was told = what left, each package once, and the status in the end',
  faults: (said, truth) => {
    const [left, departures] = [trueDepartures(truth), departuresOf(truth)];
    return said.orders.flatMap(({ shop, number, status, lines }) => {
      const told = toldOf(truth, shop, number);
      const last = told.at(-1)?.update;
      const packages = told.flatMap(({ update }) => update.packages.map(({ shipmentId, packageId }) => named(shipmentId, packageId)));
      const quantity = (sku: string) =>
        (last?.lines ?? []).filter((line) => line.sku === sku).reduce((sum, line) => sum + line.shippedQuantity, 0);
      const wrong = lines.filter(({ sku }) => quantity(sku) !== leftOfLine(truth, left, { number }, sku));
      const sayable = ['fulfilling', 'partially-fulfilled', 'shipped', 'cancelled'].includes(status);
      return [
        ...wrong.map(({ sku }) => `${number} ${sku}: told ${quantity(sku)}, left ${leftOfLine(truth, left, { number }, sku)}`),
        ...(packages.length === departures.of(number) && new Set(packages).size === packages.length
          ? []
          : [`${number}: ${departures.of(number)} packages left, told ${packages.length} (${new Set(packages).size} different)`]),
        ...(!sayable || last?.status === status ? [] : [`${number} is ${status}, the shop was last told ${last?.status ?? 'nothing'}`]),
      ];
    });
  },
};

/** What may be sold of a SKU in all members together: no member covers for another. */
const sellable = (said: Said, truth: Truth): ((sku: string) => number) => {
  const onHand = trueOnHand(truth);
  const promised = new Map(
    said.levels.map((level) => [named(level.sku, level.warehouse), level.unsellable + level.allocated + level.held]),
  );
  const inWarehouse = (sku: string, code: string) => Math.max(0, onHand.of(named(sku, code)) - (promised.get(named(sku, code)) ?? 0));
  const inAll = (sku: string) => truth.virtual.members.reduce((sum, code) => sum + inWarehouse(sku, code), 0);
  return (sku) => {
    const components = truth.bundles.get(sku);
    return components === undefined
      ? inAll(sku)
      : Math.min(...components.map((component) => Math.floor(inAll(component.sku) / component.quantity)));
  };
};

const stockPublished: Invariant = {
  name: 'stock offered in each shop = what is available over the members',
  faults: (said, truth) => {
    const expected = sellable(said, truth);
    const skus = [...new Set([...truth.imported.map(({ sku }) => sku), ...truth.bundles.keys()])];
    return truth.publishedTo.flatMap((shop) => {
      const offered = new Map<string, number>();
      for (const { place, stock } of entriesOf(truth.journal, 'stock-told')) {
        if (place !== truth.placeOf('shops', shop)) continue;
        if (stock.mode === 'full') offered.clear();
        for (const { sku, quantity } of stock.rows) offered.set(sku, quantity);
      }
      const told = (sku: string) => offered.get(truth.nameIn(shop, sku)) ?? 0;
      return skus.flatMap((sku) => (told(sku) === expected(sku) ? [] : [`${sku} in ${shop}: ${told(sku)} instead of ${expected(sku)}`]));
    });
  },
};

const productsWhereTheyMay: Invariant = {
  name: 'changed products went to every channel but the one that they came from',
  faults: (_, truth) => {
    const { source, others, changed } = truth.products;
    const told = entriesOf(truth.journal, 'products-told');
    const heard = (place: string) =>
      told.filter((entry) => entry.place === place).flatMap(({ products }) => products.flatMap(({ variants }) => variants));
    const missing = others.flatMap((place) =>
      changed.flatMap(({ sku, name }) => {
        const last = heard(place)
          .filter((variant) => variant.sku === sku)
          .at(-1);
        return last?.title === name ? [] : [`${place} was last told "${last?.title ?? 'nothing'}" of ${sku} instead of "${name}"`];
      }),
    );
    return [...missing, ...heard(source).map(({ sku }) => `${source} was told of ${sku}, which comes from there`)];
  },
};

export const outwardInvariants: readonly Invariant[] = [shopsTold, stockPublished, productsWhereTheyMay];
