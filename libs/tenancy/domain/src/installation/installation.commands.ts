import type { Command } from '@stockproof/decider';

export type PublicJwk = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

export type AppointAdministrator = Command<'AppointAdministrator', { userId: string }>;
export type PublishSigningKey = Command<'PublishSigningKey', { keyId: string; publicJwk: PublicJwk }>;

export type InstallationCommand = AppointAdministrator | PublishSigningKey;
