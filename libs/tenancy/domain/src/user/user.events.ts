import type { Event } from '@stockproof/decider';
import type { Sealed } from '../sealed';

export type UserRegistered = Event<
  'UserRegistered',
  { userId: string; profile: Sealed; password: Sealed; language: string; timeZone: string | null }
>;
export type ProfileEdited = Event<'ProfileEdited', { userId: string; profile: Sealed; language: string; timeZone: string | null }>;
export type PasswordChanged = Event<'PasswordChanged', { userId: string; password: Sealed }>;
/** Views drop what they show of the person; the key is gone already. */
export type PersonForgotten = Event<'PersonForgotten', { userId: string; subjectId: string }>;

export type UserEvent = UserRegistered | ProfileEdited | PasswordChanged | PersonForgotten;
