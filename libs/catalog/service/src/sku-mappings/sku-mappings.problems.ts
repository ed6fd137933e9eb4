import type { SkuMappingRejection } from '@stockproof/catalog-domain';
import { explained, knownProblems, problem, type ProblemMap } from '@stockproof/http-problems';

type Of<Type extends SkuMappingRejection['type']> = Extract<SkuMappingRejection, { readonly type: Type }>;

/** Every way a mapping can say no, and how HTTP says it. */
export const skuMappingProblems: ProblemMap<SkuMappingRejection> = {
  ChannelUnknown: knownProblems.notFound,
  MappedSkuUnknown: explained<Of<'MappedSkuUnknown'>>(problem(422, 'unknown-sku', 'The catalog has no such SKU'), ({ sku }) => ({
    errors: [{ pointer: '/sku', code: 'unknown-sku', message: `There is no ${sku} in the catalog` }],
  })),
  MappedSkuArchived: explained<Of<'MappedSkuArchived'>>(problem(409, 'variant-archived', 'The variant is archived'), ({ sku }) => ({
    detail: `${sku} is no longer sold.`,
  })),
  TheirsNotUsable: problem(422, 'name-not-usable', "A channel's name of a SKU is more than blanks and at most 200 characters long"),
  SkuNotMapped: knownProblems.notFound,
};
