import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import type { ImportedFor } from '@stockproof/file-imports';
import { derivedId } from '@stockproof/vocabulary';
import { catalogStreams, productStream, variantStream } from '../catalog.streams';
import { productsFile } from './products-file';

const clock = { now: () => '2026-01-10T12:00:00.000Z' };
const accountId = derivedId('account');
const imported = (fileId: string): ImportedFor => ({
  ...{ accountId, organizationId: derivedId('organization'), actor: 'user:1', fileId, receivedAt: clock.now(), options: {} },
  contextOf: (row, ...step) => {
    const commandId = derivedId(fileId, row, ...step);
    return { commandId, correlationId: fileId, causationId: fileId, actor: 'user:1', organizationId: derivedId('organization'), accountId };
  },
});

/** A catalog over memory that takes files. */
const aCatalog = () => {
  const streams = catalogStreams(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
  const kind = productsFile({ streams, clock });
  return {
    take: async (text: string, fileId = text) => {
      const read = kind.parse(text);
      if (read.outcome === 'unreadable') return read.message;
      const outcomes = await kind.apply(read.rows, imported(fileId));
      return [...outcomes, ...read.faults.map(({ row, code }) => ({ row, outcome: 'fault', code }))]
        .toSorted((one, other) => one.row - other.row)
        .map(({ row, outcome, code }) => [row, outcome, code].filter((part) => part !== null).join(' '));
    },
    described: async (sku: string) => (await streams.variants.load(variantStream(accountId, sku))).state,
    product: async (id: string) => (await streams.products.load(productStream(accountId, id))).state,
  };
};

describe('a file of products', () => {
  it('adds what is new, bundles behind what they consist of, wherever they stand', async () => {
    const { take, described } = aCatalog();
    expect(await take('sku,name,price,currency,components\nSET,Gift set,,,TEA*2|CUP*1\nTEA,Green tea,3.90,EUR,\nCUP,Cup,,,\n')).toEqual([
      '2 taken',
      '3 taken',
      '4 taken',
    ]);
    expect(await described('tea')).toMatchObject({
      sku: 'TEA',
      description: { name: 'Green tea', price: { amount: '3.90', currency: 'EUR' } },
    });
    expect(await described('SET')).toMatchObject({
      components: [
        { sku: 'TEA', quantity: 2 },
        { sku: 'CUP', quantity: 1 },
      ],
    });
  });

  it('replaces what it says of known ones and blanks nothing that it leaves out', async () => {
    const { take, described } = aCatalog();
    await take('sku,name,weight_g,barcode\nTEA,Green tea,100,4001\n');
    expect(await take('sku,name,weight_g,barcode\n tea ,Greener tea,,\n')).toEqual(['2 taken']);
    expect(await described('TEA')).toMatchObject({ description: { name: 'Greener tea', weightG: 100, barcode: '4001' } });
    expect(await take('sku,name\nTEA,Greener tea\n')).toEqual(['2 skipped unchanged']);
  });

  it('lets the first of two spellings win, and goes on behind what it cannot take', async () => {
    const { take } = aCatalog();
    expect(await take('sku,name,weight_g,components\nTEA,Tea,,\n tea,Other,,\nBAD,Bad,heavy,\nSET,Set,,NOTHING*1\nODD,Odd,,TEA\n')).toEqual(
      ['2 taken', '3 skipped sku-twice', '4 fault weight-g', '5 refused components-not-usable', '6 fault components'],
    );
  });

  it('says what groups variants, before anything is a variant of it', async () => {
    const { take, described, product } = aCatalog();
    expect(await take('product,title,sku\nLEAF,Leaf tea,TEA-50\nleaf,,TEA-100\n')).toEqual(['2 taken', '3 taken']);
    expect(await product('Leaf')).toMatchObject({ productId: 'LEAF', title: 'Leaf tea' });
    expect(await described('TEA-100')).toMatchObject({ description: { name: 'TEA-100', productId: 'leaf' } });
  });

  it('changes nothing when it is taken twice', async () => {
    const { take } = aCatalog();
    const file = 'sku,name\nTEA,Tea\n';
    expect([await take(file, 'one'), await take(file, 'two')]).toEqual([['2 taken'], ['2 skipped unchanged']]);
    expect(await take('a,b\n1,2\n')).toMatch(/columns are missing: sku/);
  });
});
