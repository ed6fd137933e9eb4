import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { sameJson } from '../same-json';
import type { ChangePassword, EditProfile, RegisterUser, UserCommand } from './user.commands';
import type { UserEvent } from './user.events';
import type { UserRejection } from './user.rejections';
import { evolveUser, noUser, type RegisteredUser, type UserState } from './user.state';

type Decided = Decision<UserEvent, UserRejection>;

const register = ({ data }: RegisterUser): Decided =>
  data.profile.subjectId === data.password.subjectId ? accept({ type: 'UserRegistered', data }) : reject({ type: 'SealedForAnother' });

const editProfile = ({ data }: EditProfile, user: RegisteredUser): Decided => {
  const profile = data.profile ?? user.profile;
  if (profile.subjectId !== user.profile.subjectId) return reject({ type: 'SealedForAnother' });
  const after = {
    userId: user.userId,
    profile,
    language: data.language ?? user.language,
    timeZone: data.timeZone === undefined ? user.timeZone : data.timeZone,
  };
  const { userId, language, timeZone } = user;
  return sameJson(after, { userId, profile: user.profile, language, timeZone }) ? accept() : accept({ type: 'ProfileEdited', data: after });
};

const changePassword = ({ data: { password } }: ChangePassword, { userId, profile }: RegisteredUser): Decided =>
  password.subjectId === profile.subjectId
    ? accept({ type: 'PasswordChanged', data: { userId, password } })
    : reject({ type: 'SealedForAnother' });

const decideRegistered = (command: Exclude<UserCommand, RegisterUser>, user: RegisteredUser): Decided => {
  switch (command.type) {
    case 'EditProfile':
      return editProfile(command, user);
    case 'ChangePassword':
      return changePassword(command, user);
    case 'ForgetUser':
      return accept({ type: 'PersonForgotten', data: { userId: user.userId, subjectId: user.profile.subjectId } });
  }
};

/** A person who signs in: what is known of them, sealed. Their roles belong to the organization or the account. */
export const userDecider: Decider<UserState, UserCommand, UserEvent, UserRejection> = {
  initialState: noUser,
  evolve: evolveUser,
  decide: (command, state) => {
    if (state.is === 'forgotten') return command.type === 'ForgetUser' ? accept() : reject({ type: 'UserForgotten' });
    if (command.type === 'RegisterUser') return state.is === 'unknown' ? register(command) : reject({ type: 'UserAlreadyRegistered' });
    return state.is === 'unknown' ? reject({ type: 'UserNotRegistered' }) : decideRegistered(command, state);
  },
};
