import { given as givenFor } from '@stockproof/decider-testing';
import type { ProductSource } from './product-source';
import { productSourceDecider, type HearOfProductSource, type MasterProductSourceHeard } from './product-source.decider';

const given = givenFor(productSourceDecider);

describe('hearing of the master product source', () => {
  it('holds from then on', () => given().when(hear(shop, 3)).then(heard(shop, 3)));
  it('says nothing where it is what it was', () => given(heard(shop, 3)).when(hear(shop, 4)).thenNothing());
  it('is here, while nothing was heard', () =>
    given()
      .when(hear({ kind: 'stockproof' }, 1))
      .thenNothing());
  it('tells two shops apart', () => given(heard(shop, 3)).when(hear(other, 4)).then(heard(other, 4)));
  it('does not go back to older news', () => given(heard(shop, 3)).when(hear(other, 2)).thenNothing());
});

const now = '2026-01-10T12:00:00.000Z';
const shop: ProductSource = { kind: 'sales-channel', id: 'a' };
const other: ProductSource = { kind: 'sales-channel', id: 'b' };
const hear = (source: ProductSource, sequence: number): HearOfProductSource => ({
  type: 'HearOfProductSource',
  data: { source, sequence, now },
});
const heard = (source: ProductSource, sequence: number): MasterProductSourceHeard => ({
  type: 'MasterProductSourceHeard',
  data: { source, sequence, decidedAt: now },
});
