import { judge, type WhatIsKnown } from './judging';
import type { OfferedLine, OfferedOrder } from './offered-order';

const line: OfferedLine = {
  ...{ externalLineId: '1', sku: ' TEA ', title: null, quantity: 2, requiresShipping: true, unitPrice: null, warehouseCode: null },
};
const order: OfferedOrder = {
  ...{ orderNumber: '1001', state: 'open', placedAt: '2026-01-10T12:00:00.000Z', currency: null, billTo: null },
  shipTo: {
    ...{ name: 'Ada', company: null, street: ['Long Street 7'], postalCode: '10115', city: 'Berlin', region: null },
    ...{ countryCode: 'DE', phone: null, email: null },
  },
  ...{ carrierService: null, warehouseCode: null, requestedShipDate: null, cancelAfter: null, note: null, tags: [], references: {} },
  lines: [line],
};
const known: WhatIsKnown = {
  variant: (theirs) => (theirs.trim().toLowerCase() === 'tea' ? { sku: 'tea', components: [] } : null),
  warehouse: (code) => (code === 'NORTH' ? 'w' : null),
  isCarrierMapped: (code) => code === 'post',
  requiredFields: [],
};
const codesOf = (more: Partial<OfferedOrder>, knowing: Partial<WhatIsKnown> = {}) =>
  judge({ ...order, ...more }, { ...known, ...knowing }).problems.map(({ field, code }) => `${field} ${code}`);

describe('an order is judged', () => {
  it('good where nothing lacks', () => expect(judge(order, known)).toEqual({ problems: [], warnings: [], missingSkus: [] }));
  it('by its lines', () => {
    expect(codesOf({ lines: [] })).toEqual(['/lines no-lines']);
    expect(codesOf({ lines: [line, { ...line, sku: ' ', quantity: 0 }, { ...line, sku: 'gin', quantity: 1.5 }] })).toEqual([
      '/lines/1/sku empty',
      '/lines/1/quantity not-positive',
      '/lines/2/sku unknown-sku',
      '/lines/2/quantity not-positive',
    ]);
  });
  it('by where it goes', () => {
    expect(codesOf({ shipTo: null })).toEqual(['/shipTo missing']);
    const nowhere = { name: ' ', street: [''], postalCode: null, city: null, countryCode: null };
    expect(codesOf({ shipTo: { ...order.shipTo!, ...nowhere } })).toEqual(
      ['name', 'street', 'postalCode', 'city', 'countryCode'].map((field) => `/shipTo/${field} missing`),
    );
    expect(codesOf({ shipTo: { ...order.shipTo!, countryCode: 'Germany' } })).toEqual(['/shipTo/countryCode not-a-country']);
  });
  it('by the warehouses that it names: none falls back', () => {
    expect(codesOf({ warehouseCode: 'EAST', lines: [{ ...line, warehouseCode: 'WEST' }] })).toEqual([
      '/lines/0/warehouseCode unknown-warehouse',
      '/warehouseCode unknown-warehouse',
    ]);
    expect(codesOf({ warehouseCode: 'NORTH' })).toEqual([]);
  });
  it('by what the account requires, each field once', () =>
    expect(
      codesOf({ shipTo: { ...order.shipTo!, city: null } }, { requiredFields: ['/shipTo/phone', '/shipTo/city', '/lines/0/sku'] }),
    ).toEqual(['/shipTo/city missing', '/shipTo/phone required']));
  it('warns of a carrier service that nobody mapped', () => {
    expect(judge({ ...order, carrierService: 'owl' }, known).warnings.map(({ code }) => code)).toEqual(['carrier-service-unmapped']);
    expect(judge({ ...order, carrierService: 'post' }, known).warnings).toEqual([]);
  });
  it('says which SKUs it waits for, however they are spelled', () =>
    expect(
      judge(
        {
          ...order,
          lines: [
            { ...line, sku: 'Gin' },
            { ...line, sku: ' gin' },
          ],
        },
        known,
      ).missingSkus,
    ).toEqual(['gin']));
});
