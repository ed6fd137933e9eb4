import type { Fact } from '@stockproof/publishing';
import { apiKeyCreatedV1, apiKeyRevokedV1, signingKeyPublishedV1, userAccessChangedV1 } from '@stockproof/tenancy-contracts';
import type { ApiKeyEvent, InstallationEvent } from '@stockproof/tenancy-domain';
import { fact } from './facts-of';

/** What others hear of an API key; its name concerns nobody else. */
export const apiKeyFacts = (event: ApiKeyEvent): readonly Fact[] => {
  const { keyId } = event.data;
  switch (event.type) {
    case 'ApiKeyCreated': {
      const { hash, scopes, organizationId, accountId, expiresAt, mode } = event.data;
      return [fact(apiKeyCreatedV1, { keyId, hash, scopes: [...scopes], organizationId, accountId, expiresAt, mode }, keyId, keyId)];
    }
    case 'ApiKeyRevoked':
      return [fact(apiKeyRevokedV1, { keyId }, keyId, keyId)];
  }
};

/** What others hear of the installation. */
export const installationFacts = (event: InstallationEvent): readonly Fact[] => {
  switch (event.type) {
    case 'AdministratorAppointed': {
      const { userId } = event.data;
      const access = {
        userId,
        organizationId: null,
        installationAdministrator: true,
        organizationRole: null,
        accountRoles: [],
        active: true,
      };
      return [fact(userAccessChangedV1, access, userId, userId)];
    }
    case 'SigningKeyPublished': {
      const { keyId, publicJwk } = event.data;
      return [fact(signingKeyPublishedV1, { keyId, publicJwk }, keyId, keyId)];
    }
  }
};
