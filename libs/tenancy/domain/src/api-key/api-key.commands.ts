import type { Command } from '@stockproof/decider';
import type { AccountId, Instant, OrganizationId } from '@stockproof/vocabulary';

export type CreateApiKey = Command<
  'CreateApiKey',
  {
    keyId: string;
    organizationId: OrganizationId;
    /** `null`: reaches every account of the organization. */
    accountId: AccountId | null;
    name: string;
    /** SHA-256 of the whole key, hexadecimal; the key itself is known to its holder only. */
    hash: string;
    scopes: readonly string[];
    /** What the creator may do at this moment. */
    creatorPermissions: readonly string[];
    mode: 'live' | 'test';
    expiresAt: Instant | null;
    now: Instant;
  }
>;
export type RevokeApiKey = Command<'RevokeApiKey', Record<never, never>>;

export type ApiKeyCommand = CreateApiKey | RevokeApiKey;
