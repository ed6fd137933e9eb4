import type { Rejection } from '@stockproof/decider';

export type AdministratorAlreadyAppointed = Rejection<'AdministratorAlreadyAppointed', { userId: string }>;
/** A key id stands for one key for ever. */
export type SigningKeyIdTaken = Rejection<'SigningKeyIdTaken', { keyId: string }>;

export type InstallationRejection = AdministratorAlreadyAppointed | SigningKeyIdTaken;
