import type { Event } from '@stockproof/decider';
import type { AccountId, Instant, OrganizationId } from '@stockproof/vocabulary';

export type ApiKeyCreated = Event<
  'ApiKeyCreated',
  {
    keyId: string;
    organizationId: OrganizationId;
    accountId: AccountId | null;
    name: string;
    hash: string;
    scopes: readonly string[];
    mode: 'live' | 'test';
    expiresAt: Instant | null;
  }
>;
export type ApiKeyRevoked = Event<'ApiKeyRevoked', { keyId: string }>;

export type ApiKeyEvent = ApiKeyCreated | ApiKeyRevoked;
