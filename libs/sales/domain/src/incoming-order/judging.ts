import { skuKey, type Sku, type SkuKey } from '@stockproof/vocabulary';
import type { Problem } from './incoming-order.events';
import type { OfferedAddress, OfferedLine, OfferedOrder } from './offered-order';

/** What the account knows of the things that an order names; `null`: it does not know it. */
export type WhatIsKnown = {
  /** By the shop's name of it, translated. */
  readonly variant: (
    theirs: Sku,
  ) => { readonly sku: Sku; readonly components: readonly { readonly sku: Sku; readonly quantity: number }[] } | null;
  /** An enabled warehouse, by the shop's code of it. */
  readonly warehouse: (code: string) => string | null;
  /** False where a shop's code of a carrier service means nothing here. */
  readonly isCarrierMapped: (code: string) => boolean;
  /** Pointers into the order, beyond what every order must say. */
  readonly requiredFields: readonly string[];
};

export type Judgement = {
  readonly problems: readonly Problem[];
  /** What goes on all the same, and somebody should see. */
  readonly warnings: readonly Problem[];
  /** Keys of SKUs under which nothing is known: when one appears, the order is looked at again. */
  readonly missingSkus: readonly SkuKey[];
};

/** Says at once everything that keeps an order from being taken. */
export const judge = (order: OfferedOrder, known: WhatIsKnown): Judgement => {
  const fixed = [
    ...(order.orderNumber.trim() === '' ? [problem('/orderNumber', 'missing', 'The order has no number')] : []),
    ...linesProblems(order.lines, known),
    ...shipToProblems(order.shipTo),
    ...warehouseProblems('', order.warehouseCode, known),
  ];
  const seen = new Set(fixed.map(({ field }) => field));
  const { carrierService } = order;
  return {
    problems: [...fixed, ...requiredProblems(order, known.requiredFields).filter(({ field }) => !seen.has(field))],
    warnings:
      carrierService === null || known.isCarrierMapped(carrierService)
        ? []
        : [problem('/carrierService', 'carrier-service-unmapped', `The channel has no mapping of the carrier service ${carrierService}`)],
    missingSkus: [...new Set(order.lines.filter((line) => isUnknown(line, known)).map((line) => skuKey(line.sku)))],
  };
};

const problem = (field: string, code: string, message: string): Problem => ({ field, code, message });

const isUnknown = ({ sku }: OfferedLine, known: WhatIsKnown): boolean => sku.trim() !== '' && known.variant(sku) === null;

const linesProblems = (lines: readonly OfferedLine[], known: WhatIsKnown): readonly Problem[] =>
  lines.length === 0
    ? [problem('/lines', 'no-lines', 'The order has no lines')]
    : lines.flatMap((line, index) => [
        ...(line.sku.trim() === '' ? [problem(`/lines/${index}/sku`, 'empty', 'The line has no SKU')] : []),
        ...(isUnknown(line, known) ? [problem(`/lines/${index}/sku`, 'unknown-sku', `The account does not know the SKU ${line.sku}`)] : []),
        ...(Number.isSafeInteger(line.quantity) && line.quantity > 0
          ? []
          : [problem(`/lines/${index}/quantity`, 'not-positive', 'The quantity is no whole number above 0')]),
        ...warehouseProblems(`/lines/${index}`, line.warehouseCode, known),
      ]);

/** A named warehouse never falls back to another. */
const warehouseProblems = (at: string, code: string | null, known: WhatIsKnown): readonly Problem[] =>
  code === null || known.warehouse(code) !== null
    ? []
    : [problem(`${at}/warehouseCode`, 'unknown-warehouse', `No enabled warehouse is mapped to ${code}`)];

const neededOfAddress = ['name', 'street', 'postalCode', 'city', 'countryCode'] as const;

const shipToProblems = (shipTo: OfferedAddress | null): readonly Problem[] => {
  if (shipTo === null) return [problem('/shipTo', 'missing', 'The order does not say where it goes')];
  const missing = neededOfAddress.filter((field) => isBlank(shipTo[field]));
  const isNoCountry = !isBlank(shipTo.countryCode) && !/^[A-Za-z]{2}$/.test(shipTo.countryCode ?? '');
  return [
    ...missing.map((field) => problem(`/shipTo/${field}`, 'missing', `The address has no ${nameOf[field]}`)),
    ...(isNoCountry ? [problem('/shipTo/countryCode', 'not-a-country', 'The country is no code of two letters')] : []),
  ];
};

const nameOf = { name: 'name', street: 'street', postalCode: 'postal code', city: 'city', countryCode: 'country' } as const;

const isBlank = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isBlank) : value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

const requiredProblems = (order: OfferedOrder, pointers: readonly string[]): readonly Problem[] =>
  pointers
    .filter((pointer) => isBlank(at(order, pointer)))
    .map((pointer) => problem(pointer, 'required', `The account requires ${pointer}`));

/** What a JSON pointer (RFC 6901) shows; `undefined` where nothing is. */
const at = (whole: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, part)
          ? (value as Readonly<Record<string, unknown>>)[part]
          : undefined,
      whole,
    );
