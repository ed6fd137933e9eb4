import { comparedRows, rowHash, type Row } from './comparing-rows';

const of = { view: 'stock-levels', at: '0000000000000007', sku: 'TEA', orderId: null };
const row = (more: Row = {}): Row => ({ warehouse_id: 'north', total: 5, units: [{ sku: 'TEA', quantity: 2 }], ...more });
const rows = (...each: readonly (readonly [string, Row])[]) => new Map(each);

describe('rows of a view against rows of the log', () => {
  it('are the same in whatever order a document has its members', () => {
    const turned = row({ units: [{ quantity: 2, sku: 'TEA' }] });
    expect(comparedRows(of, rows(['a', row()]), rows(['a', turned]))).toEqual([]);
    expect(rowHash(turned)).toBe(rowHash(row()));
  });

  it('that differ are told by their hashes and by the columns in question alone', () => {
    expect(comparedRows(of, rows(['a', row()]), rows(['a', row({ total: 6 })]))).toEqual([
      {
        kind: 'view-unlike-log',
        about: 'stock-levels a',
        sku: 'TEA',
        warehouseId: 'north',
        orderId: null,
        attempt: null,
        says: 'The row a of stock-levels is not what the log says: total',
        evidence: {
          view: 'stock-levels',
          row: 'a',
          at: of.at,
          hashes: { expected: rowHash(row()), found: rowHash(row({ total: 6 })) },
          expected: { total: 5 },
          found: { total: 6 },
        },
        repair: 'rewrite-rows',
      },
    ]);
  });

  it('may be missing, or too many', () => {
    const says = (expected: ReadonlyMap<string, Row>, found: ReadonlyMap<string, Row>) =>
      comparedRows(of, expected, found).map((each) => each.says);
    expect(says(rows(['a', row()]), rows())).toEqual(['The row a of stock-levels is missing']);
    expect(says(rows(), rows(['b', row()]))).toEqual(['The row b of stock-levels is of nothing that happened']);
  });

  it('are named up to twenty', () => {
    const many = rows(...Array.from({ length: 30 }, (_, index) => [String(index), row()] as const));
    expect(comparedRows(of, many, rows())).toHaveLength(20);
  });
});
