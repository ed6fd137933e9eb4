import { given as givenBy } from '@stockproof/decider-testing';
import fc from 'fast-check';
import type { CreateApiKey } from './api-key.commands';
import { apiKeyDecider } from './api-key.decider';
import type { ApiKeyEvent } from './api-key.events';

const given = givenBy(apiKeyDecider);

describe('an API key', () => {
  it('opens what its creator chose', () => {
    given().when(create({})).then(created);
    given(created).when(create({})).thenRejected({ type: 'ApiKeyAlreadyExists' });
  });

  it('needs something to open and a time to open it', () => {
    given()
      .when(create({ scopes: [] }))
      .thenRejected({ type: 'NoScopes' });
    given()
      .when(create({ expiresAt: '2026-01-01T00:00:00.000Z' }))
      .thenRejected({ type: 'ExpiryInThePast' });
  });

  it('is revoked for ever', () => {
    given().when({ type: 'RevokeApiKey', data: {} }).thenRejected({ type: 'ApiKeyUnknown' });
    given(created)
      .when({ type: 'RevokeApiKey', data: {} })
      .then({ type: 'ApiKeyRevoked', data: { keyId: 'k1' } });
    given(created, { type: 'ApiKeyRevoked', data: { keyId: 'k1' } })
      .when({ type: 'RevokeApiKey', data: {} })
      .thenNothing();
  });

  it('never opens more than its creator could, and names every scope too many', () => {
    const permissions = fc.subarray(['order:read', 'order:approve', 'stock:adjust', 'user:manage']);
    fc.assert(
      fc.property(
        permissions.filter((some) => some.length > 0),
        permissions,
        (scopes, creatorPermissions) => {
          const decision = apiKeyDecider.decide(create({ scopes, creatorPermissions }), { is: 'unknown' });
          const tooMany = scopes.filter((scope) => !creatorPermissions.includes(scope));
          if (tooMany.length > 0) expect(decision).toEqual({ outcome: 'rejected', rejection: { type: 'ScopesAboveOwn', scopes: tooMany } });
          else expect(decision.outcome).toBe('accepted');
        },
      ),
    );
  });
});

const key = {
  keyId: 'k1',
  organizationId: 'acme',
  accountId: 'shop',
  name: 'ERP',
  hash: 'ab',
  scopes: ['order:read'],
  mode: 'live',
  expiresAt: null,
} as const;
const create = (more: Partial<CreateApiKey['data']>): CreateApiKey => ({
  type: 'CreateApiKey',
  data: { ...key, creatorPermissions: ['order:read', 'stock:adjust'], now: '2026-06-01T00:00:00.000Z', ...more },
});
const created: ApiKeyEvent = { type: 'ApiKeyCreated', data: key };
