import type { Sealed } from '../sealed';
import type { UserEvent } from './user.events';

export type RegisteredUser = {
  readonly is: 'registered';
  readonly userId: string;
  readonly profile: Sealed;
  readonly password: Sealed;
  readonly language: string;
  readonly timeZone: string | null;
};
export type UserState = { readonly is: 'unknown' } | RegisteredUser | { readonly is: 'forgotten' };

export const noUser = (): UserState => ({ is: 'unknown' });

export const evolveUser = (state: UserState, event: UserEvent): UserState => {
  switch (event.type) {
    case 'UserRegistered':
      return { is: 'registered', ...event.data };
    case 'ProfileEdited':
      return state.is === 'registered' ? { ...state, ...event.data } : state;
    case 'PasswordChanged':
      return state.is === 'registered' ? { ...state, password: event.data.password } : state;
    case 'PersonForgotten':
      return { is: 'forgotten' };
  }
};
