import type { VariantRejection } from '@stockproof/catalog-domain';
import { explained, knownProblems, problem, type ProblemMap } from '@stockproof/http-problems';

type Of<Type extends VariantRejection['type']> = Extract<VariantRejection, { readonly type: Type }>;

const because = {
  unknown: 'there is no such variant',
  archived: 'it is archived',
  bundle: 'it is a bundle itself',
  twice: 'it is named twice',
} as const;

/** Every way a variant can say no, and how HTTP says it. */
export const variantProblems: ProblemMap<VariantRejection> = {
  SkuTaken: explained<Of<'SkuTaken'>>(problem(409, 'sku-taken', 'Another variant has this SKU'), ({ sku }) => ({
    detail: `It is written ${sku} there.`,
  })),
  SkuEmpty: problem(422, 'sku-empty', 'A SKU is more than blanks'),
  VariantUnknown: knownProblems.notFound,
  VariantNotSold: problem(409, 'variant-archived', 'The variant is archived'),
  KindIsPermanent: explained<Of<'KindIsPermanent'>>(
    problem(409, 'kind-is-permanent', 'A SKU that comes back stays a bundle or a single article'),
    ({ wasBundle }) => ({
      detail: wasBundle ? 'It was a bundle.' : 'It was no bundle.',
    }),
  ),
  ComponentsArePermanent: problem(409, 'components-are-permanent', 'A bundle stays made of what it was made of'),
  ProductUnknown: explained<Of<'ProductUnknown'>>(problem(422, 'unknown-product', 'There is no such product'), ({ productId }) => ({
    errors: [{ pointer: '/productId', code: 'unknown-product', message: `There is no product ${productId}: describe it first` }],
  })),
  ComponentsNotUsable: explained<Of<'ComponentsNotUsable'>>(
    problem(422, 'components-not-usable', 'A bundle holds variants that are sold and are no bundles themselves, each once'),
    ({ components }) => ({
      errors: components.map((each) => ({ pointer: '/components', code: each.because, message: `${each.sku}: ${because[each.because]}` })),
    }),
  ),
};
