import type { Command } from '@stockproof/decider';
import type { Sealed } from '../sealed';

/** `profile` holds e-mail and name, `password` the hash: sealed under the same person, so that forgetting them ends both. */
export type RegisterUser = Command<
  'RegisterUser',
  { userId: string; profile: Sealed; password: Sealed; language: string; timeZone: string | null }
>;
/** Absent: as it was. The e-mail never changes. */
export type EditProfile = Command<'EditProfile', { profile: Sealed | null; language?: string; timeZone?: string | null }>;
export type ChangePassword = Command<'ChangePassword', { password: Sealed }>;
export type ForgetUser = Command<'ForgetUser', Record<never, never>>;

export type UserCommand = RegisterUser | EditProfile | ChangePassword | ForgetUser;
