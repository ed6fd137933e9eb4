import type { ProductRejection } from '@stockproof/catalog-domain';
import { problem, type ProblemMap } from '@stockproof/http-problems';

/** Every way a product can say no, and how HTTP says it. */
export const productProblems: ProblemMap<ProductRejection> = {
  ProductIdNotUsable: problem(422, 'product-id-not-usable', 'An id of a product is more than blanks and at most 200 characters long'),
};
