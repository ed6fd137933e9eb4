import { entriesOf } from './journal';
import { named, tally, type Tally } from './tally';
import type { TrueOrder, Truth } from './truth';

/** Units on hand as they must be, by SKU and warehouse: imported − shipped + received. */
export const trueOnHand = (truth: Truth): Tally => {
  const onHand = tally();
  for (const { sku, warehouse, quantity } of truth.imported) onHand.add(named(sku, warehouse), quantity);
  const codeOf = warehouseCodes(truth);
  for (const { place, lines } of entriesOf(truth.journal, 'shipment-left'))
    for (const { sku, quantity } of lines) onHand.add(named(sku, codeOf(place)), -quantity);
  for (const { place, lines } of entriesOf(truth.journal, 'goods-received'))
    for (const { sku, quantity } of lines) onHand.add(named(sku, codeOf(place)), quantity);
  return onHand;
};

const warehouseCodes = ({ virtual, placeOf }: Truth): ((place: string) => string) => {
  const codes = new Map(virtual.members.map((code) => [placeOf('warehouses', code), code]));
  return (place) => codes.get(place) ?? place;
};

/** What left for an order, by SKU as warehouses know it. */
export const trueDepartures = ({ journal }: Truth): Tally => {
  const left = tally();
  for (const { orderNumber, lines } of entriesOf(journal, 'shipment-left'))
    for (const { sku, quantity } of lines) left.add(named(orderNumber, sku), quantity);
  return left;
};

/** How much of a line left: of a bundle as many as all its components allow. */
export const leftOfLine = ({ bundles }: Truth, left: Tally, { number }: Pick<TrueOrder, 'number'>, sku: string): number => {
  const components = bundles.get(sku);
  if (components === undefined) return left.of(named(number, sku));
  return Math.min(...components.map((component) => Math.floor(left.of(named(number, component.sku)) / component.quantity)));
};
