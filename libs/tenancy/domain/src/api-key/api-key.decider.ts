import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import type { ApiKeyCommand, CreateApiKey } from './api-key.commands';
import type { ApiKeyEvent } from './api-key.events';
import type { ApiKeyRejection } from './api-key.rejections';
import { evolveApiKey, noApiKey, type ApiKeyState } from './api-key.state';

/** A key never opens more than its creator could at that moment. */
const create = ({ data: { creatorPermissions, now, ...key } }: CreateApiKey): Decision<ApiKeyEvent, ApiKeyRejection> => {
  if (key.scopes.length === 0) return reject({ type: 'NoScopes' });
  const scopes = key.scopes.filter((scope) => !creatorPermissions.includes(scope));
  if (scopes.length > 0) return reject({ type: 'ScopesAboveOwn', scopes });
  if (key.expiresAt !== null && key.expiresAt <= now) return reject({ type: 'ExpiryInThePast' });
  return accept({ type: 'ApiKeyCreated', data: { ...key, scopes: [...new Set(key.scopes)] } });
};

/** A machine's key, from its creation to its revocation. */
export const apiKeyDecider: Decider<ApiKeyState, ApiKeyCommand, ApiKeyEvent, ApiKeyRejection> = {
  initialState: noApiKey,
  evolve: evolveApiKey,
  decide: (command, state) => {
    if (command.type === 'CreateApiKey') return state.is === 'unknown' ? create(command) : reject({ type: 'ApiKeyAlreadyExists' });
    if (state.is === 'unknown') return reject({ type: 'ApiKeyUnknown' });
    return state.is === 'revoked' ? accept() : accept({ type: 'ApiKeyRevoked', data: { keyId: state.keyId } });
  },
};
