import { hashPassword } from '@stockproof/access';
import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { PersonalData, Sealed } from '@stockproof/personal-data';
import type { UserEvent, UserRejection } from '@stockproof/tenancy-domain';
import { userStream, type Users } from '../aggregates';
import { latestState } from '../latest-state';
import type { SignInName, SignInNames } from '../sign-in/sign-in-names';

/** A person as they are typed in. */
export type NewPerson = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language: string;
  readonly timeZone: string | null;
};

export type Profile = { readonly email: string; readonly name: string };

export type Registered = { readonly outcome: 'registered' } | { readonly outcome: 'e-mail taken' };

export type Registration = {
  /** Reserves the e-mail and seals what is known of the person; a repeat for the same user changes nothing. */
  readonly register: (owner: SignInName, person: NewPerson, context: CommandContext) => Promise<Registered>;
  /** Gives the e-mail back to a person whose place was refused. */
  readonly withdraw: (userId: string) => Promise<void>;
  /** Destroys the key to all that is sealed about the person, then says so: views drop what they show, the e-mail is free again. */
  readonly forget: (organizationId: string, userId: string, context: CommandContext) => Promise<Handled<UserEvent, UserRejection>>;
  /** E-mails and names; `null` where the person was forgotten. */
  readonly profiles: (sealed: readonly (Sealed | null)[]) => Promise<readonly (Profile | null)[]>;
};

export type RegistrationParts = { readonly users: Users; readonly names: SignInNames; readonly personalData: PersonalData };

export const registration = ({ users, names, personalData }: RegistrationParts): Registration => ({
  register: async (owner, { email, name, password, language, timeZone }, context) => {
    if (!(await names.reserve(email, owner))) return { outcome: 'e-mail taken' };
    const stream = userStream(owner.organizationId, owner.userId);
    if ((await users.load(stream)).state.is !== 'unknown') return { outcome: 'registered' };
    const subjectId = personalData.newSubject();
    const [profile, sealedPassword] = await Promise.all([
      personalData.seal(subjectId, { email: email.trim(), name }),
      hashPassword(password).then((hash) => personalData.seal(subjectId, hash)),
    ]);
    // Refused only where a repeat was faster: then the person is registered as well.
    await users.handle(
      stream,
      { type: 'RegisterUser', data: { userId: owner.userId, profile, password: sealedPassword, language, timeZone } },
      context,
    );
    return { outcome: 'registered' };
  },
  withdraw: (userId) => names.release(userId),
  forget: async (organizationId, userId, context) => {
    const stream = userStream(organizationId, userId);
    const user = await latestState(users, stream);
    if (user.is === 'registered') await personalData.forget(user.profile.subjectId);
    await names.release(userId);
    return users.handle(stream, { type: 'ForgetUser', data: {} }, context);
  },
  profiles: async (sealed) => {
    const known = sealed.filter((each) => each !== null);
    const opened = await personalData.openMany(known);
    return sealed.map((each) => (each === null ? null : ((opened[known.indexOf(each)] ?? null) as Profile | null)));
  },
});
