import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { sameJson } from '../same-json';
import type { AppointAdministrator, InstallationCommand, PublishSigningKey } from './installation.commands';
import type { InstallationEvent } from './installation.events';
import type { InstallationRejection } from './installation.rejections';
import { evolveInstallation, noInstallation, type InstallationState } from './installation.state';

type Decided = Decision<InstallationEvent, InstallationRejection>;

const appoint = ({ data: { userId } }: AppointAdministrator, { administratorId }: InstallationState): Decided => {
  if (administratorId === userId) return accept();
  if (administratorId !== null) return reject({ type: 'AdministratorAlreadyAppointed', userId: administratorId });
  return accept({ type: 'AdministratorAppointed', data: { userId } });
};

const publish = ({ data }: PublishSigningKey, { signingKeys }: InstallationState): Decided => {
  const known = signingKeys.get(data.keyId);
  if (known) return sameJson(known, data.publicJwk) ? accept() : reject({ type: 'SigningKeyIdTaken', keyId: data.keyId });
  return accept({ type: 'SigningKeyPublished', data });
};

/** What an installation has exactly once: its administrator and the keys that its access tokens are signed with. */
export const installationDecider: Decider<InstallationState, InstallationCommand, InstallationEvent, InstallationRejection> = {
  initialState: noInstallation,
  evolve: evolveInstallation,
  decide: (command, state) => {
    switch (command.type) {
      case 'AppointAdministrator':
        return appoint(command, state);
      case 'PublishSigningKey':
        return publish(command, state);
    }
  },
};
