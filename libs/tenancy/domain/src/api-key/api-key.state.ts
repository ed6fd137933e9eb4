import type { ApiKeyEvent } from './api-key.events';

export type ApiKeyState = { readonly is: 'unknown' } | { readonly is: 'active' | 'revoked'; readonly keyId: string };

export const noApiKey = (): ApiKeyState => ({ is: 'unknown' });

export const evolveApiKey = (_: ApiKeyState, { type, data: { keyId } }: ApiKeyEvent): ApiKeyState => ({
  is: type === 'ApiKeyCreated' ? 'active' : 'revoked',
  keyId,
});
