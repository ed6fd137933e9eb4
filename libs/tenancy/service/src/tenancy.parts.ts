import { channelCredentials, type ChannelCredentials } from '@stockproof/channel-credentials';
import { masterKeyFrom } from '@stockproof/personal-data';
import type { ServiceRuntime } from '@stockproof/service-host';
import { tenancyAggregates, type TenancyAggregates } from './aggregates';
import { keyRing } from './secrets/key-ring';
import { sessionsIn, type Sessions } from './sign-in/sessions';
import { signIn, type SignIn } from './sign-in/sign-in';
import { signInGuard } from './sign-in/sign-in-guard';
import { signInNames, type SignInNames } from './sign-in/sign-in-names';
import { signingKeys, type SigningKeys } from './sign-in/signing-keys';
import { registration, type Registration } from './user/registration';

/** Everything that tenancy's controllers work with, made once. */
export class TenancyParts {
  readonly tenancy: TenancyAggregates;
  readonly names: SignInNames;
  readonly sessions: Sessions;
  readonly signingKeys: SigningKeys;
  readonly signIn: SignIn;
  readonly registration: Registration;
  readonly credentials: ChannelCredentials;

  constructor(readonly runtime: ServiceRuntime) {
    const { clock, commands, personalData, databases, installation } = runtime;
    const masterKey = masterKeyFrom(installation.masterKey);
    const keys = keyRing(masterKey);
    this.tenancy = tenancyAggregates(commands);
    this.names = signInNames(databases.writer, keys, clock);
    this.sessions = sessionsIn(databases.writer, clock);
    this.signingKeys = signingKeys(databases.writer, keys, clock);
    const guard = signInGuard(databases.writer, clock);
    this.signIn = signIn({
      tenancy: this.tenancy,
      names: this.names,
      guard,
      sessions: this.sessions,
      signingKeys: this.signingKeys,
      personalData,
      clock,
    });
    this.registration = registration({ users: this.tenancy.users, names: this.names, personalData });
    this.credentials = channelCredentials(masterKey);
  }
}
