import type { ChannelProduct } from '@stockproof/channel-exchange';
import type { VariantRow } from '../views/variants/variants.query';
import { fieldsSent, fieldsTold, isNews, sentIn, variantFor } from './channel-variant';

describe('what a channel sends of a variant', () => {
  it('is absent where it was not sent, and empty where it was sent empty', () =>
    expect(sentIn(mugs, { externalVariantId: '1', sku: 'RED', barcode: null, weightG: 350 })).toEqual({
      productId: 'P',
      barcode: null,
      weightG: 350,
    }));
  it('counts in smallest units and sides', () =>
    expect(
      sentIn(mugs, { externalVariantId: '1', sku: 'RED', title: 'Red', price: { amount: 990, currency: 'JPY' }, lengthMm: 80, widthMm: 0 }),
    ).toEqual({ productId: 'P', name: 'Red', price: { amount: '990', currency: 'JPY' }, size: { lengthMm: 80, widthMm: null } }));
  it('has the title of its product for a name where it is the only one and has none', () =>
    expect(sentIn({ ...mugs, variants: [red] }, red)).toEqual({ productId: 'P', name: 'Mugs' }));
  it('loses a price that cannot be read, and nothing else', () =>
    expect(sentIn(mugs, { ...red, weightG: 1, price: { amount: 990, currency: 'eu' } })).toEqual({ productId: 'P', weightG: 1 }));
});

describe('what a channel is told', () => {
  const told = (row: VariantRow) => fieldsTold(row, variantFor(row, new Map()));

  it('comes in its own words', () =>
    expect(variantFor({ ...row, components: [{ sku: 'CUP', quantity: 2 }] }, new Map([['RED', 'OLD-RED']]))).toMatchObject({
      sku: 'OLD-RED',
      title: 'Red mug',
      price: { amount: 990, currency: 'EUR' },
      components: [{ sku: 'CUP', quantity: 2 }],
    }));
  it('is news where it was never told', () => expect(isNews(told(row), undefined)).toBe(true));
  it('is no news where it was never told and is gone', () => expect(isNews(told({ ...row, archived: true }), undefined)).toBe(false));
  it('is no news twice', () => expect(isNews(told(row), told(row))).toBe(false));
  it('is news again when it changes, or goes, but not when what is gone changes', () => {
    const gone = { ...row, archived: true };
    expect(isNews(told({ ...row, product_title: 'Cups' }), told(row))).toBe(true);
    expect(isNews(told(gone), told(row))).toBe(true);
    expect(isNews(told({ ...gone, product_title: 'Cups' }), told(gone))).toBe(false);
  });
  it('is no news to the channel that said it, with nothing beside', () => {
    const sent = { ...red, title: 'Red mug', price: { amount: 990, currency: 'EUR' } };
    expect(isNews(told(row), fieldsSent(mugs, sent))).toBe(false);
    expect(isNews(told({ ...row, description: { ...row.description, weightG: 350 } }), fieldsSent(mugs, sent))).toBe(true);
  });
});

const red = { externalVariantId: '1', sku: 'RED' };
const mugs: ChannelProduct = {
  externalProductId: 'P',
  title: 'Mugs',
  dropped: false,
  variants: [red, { externalVariantId: '2', sku: 'BLUE' }],
};
const row: VariantRow = {
  variant_id: 'v',
  sku: 'RED',
  description: {
    ...{ name: 'Red mug', barcode: null, weightG: null, size: null, productId: 'P', references: {} },
    price: { amount: '9.90', currency: 'EUR' },
  },
  components: [],
  alternates: [],
  archived: false,
  origin: { kind: 'stockproof' },
  product_title: 'Mugs',
  revision: 1,
  position: '1',
};
