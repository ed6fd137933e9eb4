import type { PublicJwk } from './installation.commands';
import type { InstallationEvent } from './installation.events';

export type InstallationState = { administratorId: string | null; readonly signingKeys: Map<string, PublicJwk> };

export const noInstallation = (): InstallationState => ({ administratorId: null, signingKeys: new Map() });

export const evolveInstallation = (state: InstallationState, event: InstallationEvent): InstallationState => {
  switch (event.type) {
    case 'AdministratorAppointed':
      state.administratorId = event.data.userId;
      return state;
    case 'SigningKeyPublished':
      state.signingKeys.set(event.data.keyId, event.data.publicJwk);
      return state;
  }
};
