import { definedIn, fileWith, mayDecide } from './source-files';

describe('finding what a story names', () => {
  it('takes the one file and no other', () => {
    expect(definedIn.contract('stockproof.sales.units-shipped.v1')).toBe('libs/sales/contracts/src/units-shipped.v1.ts');
    expect(() => fileWith('libs/', 'export type NobodyEver = Event<')).toThrow('found nowhere');
    expect(() => fileWith('libs/', ': Projection = {')).toThrow('found in libs/');
  });

  it.each([
    ['CreateSalesOrder', 'AllocationAsked', true],
    ['RecordAllocated', 'ShipmentCreated', true],
    ['RecordAllocated', 'SalesOrderCreated', false],
    ['CancelSalesOrder', 'ShipmentAcceptedByWarehouse', false],
  ])('%s is decided to %s: %s', (command, event, may) => {
    expect(mayDecide('sales', command, event)).toBe(may);
  });
});
