import { parsePurchaseOrders } from './purchase-order-csv';

const header = 'number,supplier code,supplier name,warehouse code,expected at,sku,quantity,lot,serial';

describe('a file of purchase orders', () => {
  it('makes one order of consecutive rows of one number', () => {
    const text = [
      header,
      'PO-1,ACME,Acme,NORTH,2026-03-01,TEA,10,L-1,',
      'PO-1,ACME,Acme,NORTH,2026-03-01,CUP,1,,S-1',
      'PO-2,LEAF,,SOUTH,,TEA,3,,',
    ].join('\n');
    expect(parsePurchaseOrders(text)).toEqual({
      outcome: 'read',
      faults: [],
      rows: [
        {
          row: 2,
          item: {
            number: 'PO-1',
            supplier: { code: 'ACME', name: 'Acme' },
            warehouseCode: 'NORTH',
            expectedAt: '2026-03-01T00:00:00.000Z',
            lines: [
              { sku: 'TEA', quantity: 10, lot: 'L-1', serial: null },
              { sku: 'CUP', quantity: 1, lot: null, serial: 'S-1' },
            ],
          },
        },
        {
          row: 4,
          item: expect.objectContaining({ number: 'PO-2', supplier: { code: 'LEAF', name: 'LEAF' }, expectedAt: null }),
        },
      ],
    });
  });

  it('refuses an order of which one row is wrong, names the row, and takes the others', () => {
    const text = [header, 'PO-1,ACME,,NORTH,,TEA,10,,', 'PO-1,ACME,,NORTH,soon,,-1,,', 'PO-2,ACME,,NORTH,,TEA,1,,'].join('\n');
    const read = parsePurchaseOrders(text);
    expect(read).toMatchObject({ outcome: 'read', rows: [{ row: 4, item: { number: 'PO-2' } }] });
    expect(read.outcome === 'read' && read.faults.map(({ row, code }) => [row, code])).toEqual([
      [3, 'empty'],
      [3, 'quantity'],
      [3, 'expected-at'],
    ]);
  });

  it('says what is missing where it is no such file', () => {
    expect(parsePurchaseOrders('a,b\n1,2')).toMatchObject({ outcome: 'unreadable', code: 'columns-missing' });
    expect(parsePurchaseOrders(`${header}\n"PO-1,ACME`)).toMatchObject({ outcome: 'unreadable', code: 'not-csv' });
  });
});
