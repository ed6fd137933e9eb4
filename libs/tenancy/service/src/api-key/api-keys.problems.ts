import { explained, problem, type ProblemMap } from '@stockproof/http-problems';
import type { ApiKeyRejection } from '@stockproof/tenancy-domain';

type ScopesAboveOwn = Extract<ApiKeyRejection, { readonly type: 'ScopesAboveOwn' }>;

export const keyShownBefore = problem(
  409,
  'api-key-already-exists',
  'The key was made before; a key is shown once. Revoke it and make another one',
);

export const apiKeyProblems: ProblemMap<ApiKeyRejection> = {
  ApiKeyUnknown: problem(404, 'not-found', 'There is nothing here'),
  ApiKeyAlreadyExists: keyShownBefore,
  ScopesAboveOwn: explained<ScopesAboveOwn>(
    problem(403, 'scopes-above-own', 'A key opens no more than its creator may do'),
    ({ scopes }) => ({
      errors: scopes.map((scope) => ({ pointer: '/scopes', code: 'scope-above-own', message: `not held by the creator: ${scope}` })),
    }),
  ),
  ExpiryInThePast: problem(422, 'expiry-in-the-past', 'The key would have expired already'),
  NoScopes: problem(422, 'no-scopes', 'A key needs at least one scope'),
};
