import { parseProducts } from './product-rows';

const header = 'product,title,sku,name,barcode,weight_g,length_mm,width_mm,height_mm,price,currency,components,reference:supplier';
const parsed = (...rows: readonly string[]) => {
  const file = parseProducts([header, ...rows].join('\n'));
  if (file.outcome !== 'read') throw new Error(file.message);
  return file;
};

describe('a file of products', () => {
  it('says what its cells say, and nothing where they are empty', () => {
    const { rows } = parsed('TEA,Sencha tea, SENCHA-50 ,"Sencha, 50 g",4006,50,10,20,30,2.45,EUR,,L-1', ',,CUP,,,,,20,,,,,');
    expect(rows).toEqual([
      {
        row: 2,
        item: {
          ...{ sku: 'SENCHA-50', product: 'TEA', title: 'Sencha tea', components: null, again: false },
          sent: {
            ...{ name: 'Sencha, 50 g', barcode: '4006', weightG: 50, productId: 'TEA', price: { amount: '2.45', currency: 'EUR' } },
            ...{ size: { lengthMm: 10, widthMm: 20, heightMm: 30 }, references: { supplier: 'L-1' } },
          },
        },
      },
      { row: 3, item: { sku: 'CUP', product: null, title: null, components: null, again: false, sent: { size: { widthMm: 20 } } } },
    ]);
  });

  it('has bundles behind everything else', () => {
    const { rows } = parsed(',,SET,,,,,,,,,CUP*2| TEA 1 *1,', ',,CUP,,,,,,,,,,');
    expect(rows.map(({ row, item }) => [row, item.sku, item.components])).toEqual([
      [3, 'CUP', null],
      [
        2,
        'SET',
        [
          { sku: 'CUP', quantity: 2 },
          { sku: 'TEA 1', quantity: 1 },
        ],
      ],
    ]);
  });

  it('knows a SKU again, whatever its spelling', () =>
    expect(parsed(',,CUP,,,,,,,,,,', ',,cup ,,,,,,,,,,').rows.map(({ item }) => item.again)).toEqual([false, true]));

  it.each([
    [',,,x,,,,,,,,,', 'sku'],
    [`,,${'x'.repeat(201)},,,,,,,,,,`, 'sku'],
    [',,A,,,-1,,,,,,,', 'weight-g'],
    [',,A,,,,0,,,,,,', 'length-mm'],
    [',,A,,,,,,,"2,45",EUR,,', 'price'],
    [',,A,,,,,,,2.45,,,', 'currency'],
    [',,A,,,,,,,,,CUP,', 'components'],
    [`,,A,,,,,,,,,,${'x'.repeat(501)}`, 'reference'],
  ])('does not take %s', (row, code) => {
    const { rows, faults } = parsed(row, ',,GOOD,,,,,,,,,,');
    expect([rows.map(({ item }) => item.sku), faults.map((fault) => [fault.row, fault.code])]).toEqual([['GOOD'], [[2, code]]]);
  });

  it('needs a column of SKUs', () => expect(parseProducts('name\nTea')).toMatchObject({ outcome: 'unreadable', code: 'no-products' }));
});
