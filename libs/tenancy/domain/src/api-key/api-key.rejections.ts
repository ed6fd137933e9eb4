import type { Rejection } from '@stockproof/decider';

export type ApiKeyUnknown = Rejection<'ApiKeyUnknown'>;
export type ApiKeyAlreadyExists = Rejection<'ApiKeyAlreadyExists'>;
/** Names every scope that the creator does not hold. */
export type ScopesAboveOwn = Rejection<'ScopesAboveOwn', { scopes: readonly string[] }>;
export type ExpiryInThePast = Rejection<'ExpiryInThePast'>;
export type NoScopes = Rejection<'NoScopes'>;

export type ApiKeyRejection = ApiKeyUnknown | ApiKeyAlreadyExists | ScopesAboveOwn | ExpiryInThePast | NoScopes;
