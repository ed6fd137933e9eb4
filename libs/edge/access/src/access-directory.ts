import type { ApiKeyCreatedV1, SigningKeyPublishedV1, UserAccessChangedV1 } from '@stockproof/tenancy-contracts';
import type { Instant } from '@stockproof/vocabulary';

export type KnownKey = Omit<ApiKeyCreatedV1, 'hash'> & { readonly revoked: boolean };
export type KnownAccount = { readonly organizationId: string; readonly enabled: boolean };
export type PublicJwk = SigningKeyPublishedV1['publicJwk'];

/** What a service knows of people, keys and accounts. `null`: never heard of. */
export type AccessDirectory = {
  readonly user: (userId: string) => Promise<UserAccessChangedV1 | null>;
  readonly key: (hash: string) => Promise<KnownKey | null>;
  readonly account: (accountId: string) => Promise<KnownAccount | null>;
  readonly signingKey: (keyId: string) => Promise<PublicJwk | null>;
  /** Everything that tenancy said before this moment is known here. */
  readonly readToEndAt: () => Promise<Instant | null>;
  readonly noteKeyUse: (keyId: string, at: Instant) => Promise<void>;
};
