import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { sameReferences } from '../variant/description';
import type { ProductCommand } from './product.commands';
import type { ProductEvent } from './product.events';
import type { ProductRejection } from './product.rejections';
import { noProduct, type Product } from './product.state';

const longestId = 200;

const decide = ({ data }: ProductCommand, product: Product): Decision<ProductEvent, ProductRejection> => {
  const { changes, origin, now } = data;
  const productId = data.productId.trim();
  if (productId === '' || productId.length > longestId) return reject({ type: 'ProductIdNotUsable' });
  const before = product.status === 'known' ? product : { productId, title: '', references: {} };
  const { title = before.title, references = before.references } = changes;
  const same = product.status === 'known' && title === before.title && sameReferences(references, before.references);
  if (same) return accept();
  return accept({ type: 'ProductDescribed', data: { productId: before.productId, title, references, origin, decidedAt: now } });
};

const evolve = (_: Product, { data: { productId, title, references } }: ProductEvent): Product => ({
  status: 'known',
  productId,
  title,
  references,
});

/** What groups variants under one title. */
export const productDecider: Decider<Product, ProductCommand, ProductEvent, ProductRejection> = { initialState: noProduct, decide, evolve };
