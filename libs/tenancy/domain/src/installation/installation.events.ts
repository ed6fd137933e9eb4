import type { Event } from '@stockproof/decider';
import type { PublicJwk } from './installation.commands';

export type AdministratorAppointed = Event<'AdministratorAppointed', { userId: string }>;
/** The public half; the private one never enters an event. */
export type SigningKeyPublished = Event<'SigningKeyPublished', { keyId: string; publicJwk: PublicJwk }>;

export type InstallationEvent = AdministratorAppointed | SigningKeyPublished;
