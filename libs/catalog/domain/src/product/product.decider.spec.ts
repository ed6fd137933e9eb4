import { given as givenFor } from '@stockproof/decider-testing';
import type { DescribeProduct } from './product.commands';
import { productDecider } from './product.decider';
import type { ProductDescribed } from './product.events';

const given = givenFor(productDecider);

describe('describing a product', () => {
  it('makes it known, trimmed', () =>
    given()
      .when(describeIt({ title: 'Tea' }, ' TEA '))
      .then(described('Tea')));
  it('may come without a title', () => given().when(describeIt({})).then(described('')));
  it('replaces what is named and leaves the rest, and the first spelling', () =>
    given(described('Tea', { brand: 'Leaf' }))
      .when(describeIt({ title: 'Green tea' }, 'tea'))
      .then(described('Green tea', { brand: 'Leaf' })));
  it('to what it is changes nothing, whatever the order of references', () =>
    given(described('Tea', { a: '1', b: '2' }))
      .when(describeIt({ references: { b: '2', a: '1' } }))
      .thenNothing());
  it('needs an id', () => given().when(describeIt({}, '  ')).thenRejected({ type: 'ProductIdNotUsable' }));
  it('needs an id of at most 200 characters', () =>
    given()
      .when(describeIt({}, 'x'.repeat(201)))
      .thenRejected({ type: 'ProductIdNotUsable' }));
});

const now = '2026-01-10T12:00:00.000Z';
const origin = { kind: 'stockproof' } as const;
const describeIt = (changes: DescribeProduct['data']['changes'], productId = 'TEA'): DescribeProduct => ({
  type: 'DescribeProduct',
  data: { productId, changes, origin, now },
});
const described = (title: string, references: Readonly<Record<string, string>> = {}): ProductDescribed => ({
  type: 'ProductDescribed',
  data: { productId: 'TEA', title, references, origin, decidedAt: now },
});
