import { accessTokenSeconds, signAccessToken, verifyPassword } from '@stockproof/access';
import type { PersonalData } from '@stockproof/personal-data';
import type { Clock } from '@stockproof/vocabulary';
import { userStream, type TenancyAggregates } from '../aggregates';
import { latestState } from '../latest-state';
import { isActive } from './membership';
import type { Sessions } from './sessions';
import type { SignInGuard } from './sign-in-guard';
import type { SignInName, SignInNames } from './sign-in-names';
import type { SigningKeys } from './signing-keys';

export type SignedIn = {
  readonly outcome: 'signed-in';
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
  readonly userId: string;
};
export type SignInRefusal = { readonly outcome: 'refused' } | { readonly outcome: 'wait'; readonly seconds: number };

export type SignIn = {
  /** The same refusal for an unknown name, a wrong password and an inactive person: no oracle for who exists. */
  readonly withPassword: (name: string, password: string) => Promise<SignedIn | SignInRefusal>;
  readonly withRefreshToken: (refreshToken: string) => Promise<SignedIn | SignInRefusal>;
};

export type SignInParts = {
  readonly tenancy: TenancyAggregates;
  readonly names: SignInNames;
  readonly guard: SignInGuard;
  readonly sessions: Sessions;
  readonly signingKeys: SigningKeys;
  readonly personalData: PersonalData;
  readonly clock: Clock;
};

export const signIn = ({ tenancy, names, guard, sessions, signingKeys, personalData, clock }: SignInParts): SignIn => {
  const passwordHashOf = async (who: SignInName | null): Promise<string | null> => {
    if (who === null) return null;
    const user = await latestState(tenancy.users, userStream(who.organizationId, who.userId));
    const opened = user.is === 'registered' ? await personalData.open(user.password) : null;
    return typeof opened === 'string' ? opened : null;
  };

  const signedIn = async (userId: string, refreshToken: string): Promise<SignedIn> => ({
    outcome: 'signed-in',
    accessToken: await signAccessToken(await signingKeys.current(), userId, clock),
    expiresInSeconds: accessTokenSeconds,
    refreshToken,
    userId,
  });

  return {
    withPassword: async (name, password) => {
      const index = names.indexOf(name);
      const seconds = await guard.waitSeconds(index);
      if (seconds !== null) return { outcome: 'wait', seconds };
      const who = await names.find(name);
      const right = await verifyPassword(password, await passwordHashOf(who));
      if (!right || who === null || !(await isActive(tenancy, who))) {
        await guard.failed(index);
        return { outcome: 'refused' };
      }
      await guard.succeeded(index);
      return signedIn(who.userId, await sessions.start(who));
    },
    withRefreshToken: async (token) => {
      const refreshed = await sessions.refresh(token);
      if (refreshed.outcome === 'refused') return { outcome: 'refused' };
      if (await isActive(tenancy, refreshed.who)) return signedIn(refreshed.who.userId, refreshed.refreshToken);
      await sessions.endAll(refreshed.who.userId, 'no longer active');
      return { outcome: 'refused' };
    },
  };
};
