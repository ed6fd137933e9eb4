import type { CommandContext } from '@stockproof/command-handling';
import { derivedId } from '@stockproof/vocabulary';
import { installationId, installationStream } from '../aggregates';
import { latestState } from '../latest-state';
import { publicJwkOf } from '../sign-in/signing-keys';
import type { TenancyParts } from '../tenancy.parts';

/** What the installation's administrator signs in with. */
export const administratorName = 'admin';
export const administratorId = derivedId('stockproof installation administrator');

const contextFor = (...because: readonly string[]): CommandContext => {
  const commandId = derivedId('first start', ...because);
  return {
    commandId,
    correlationId: commandId,
    causationId: commandId,
    actor: 'service:tenancy',
    organizationId: installationId,
    accountId: null,
  };
};

/** Makes what an installation has exactly once: a signing key and its administrator. Harmless at every later start, and by several processes at once. */
export const firstStart = async ({ tenancy, signingKeys, registration, runtime }: TenancyParts): Promise<void> => {
  const { installation } = tenancy;
  const key = await signingKeys.ensure();
  await installation.handle(
    installationStream,
    { type: 'PublishSigningKey', data: { keyId: key.keyId, publicJwk: publicJwkOf(key) } },
    contextFor('signing key', key.keyId),
  );

  if ((await latestState(installation, installationStream)).administratorId !== null) return;
  const person = {
    email: administratorName,
    name: 'Administrator',
    password: runtime.installation.adminPassword,
    language: 'en',
    timeZone: null,
  };
  await registration.register({ userId: administratorId, organizationId: installationId, accountId: null }, person, contextFor('register'));
  await installation.handle(installationStream, { type: 'AppointAdministrator', data: { userId: administratorId } }, contextFor('appoint'));
};
