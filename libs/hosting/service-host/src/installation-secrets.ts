import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HostConfig } from './host.config';
import { StartupError } from './startup-error';

/** What an installation keeps to itself, and where the first password lies, to be told to whoever starts it. */
export type InstallationSecrets = { readonly masterKey: string; readonly adminPassword: string; readonly adminPasswordFile: string | null };

/** From the environment, else from the data folder, where the first start writes them (0600). */
export const installationSecrets = ({
  dataDir,
  key,
  adminPassword,
}: Pick<HostConfig, 'dataDir' | 'key' | 'adminPassword'>): InstallationSecrets => {
  const passwordFile = join(resolve(dataDir), 'admin-password');
  return {
    masterKey: key ?? keptIn(join(resolve(dataDir), 'key'), () => randomBytes(32).toString('hex'), 'STOCKPROOF_KEY'),
    adminPassword: adminPassword ?? keptIn(passwordFile, () => randomBytes(18).toString('base64url'), 'STOCKPROOF_ADMIN_PASSWORD'),
    adminPasswordFile: adminPassword === null ? passwordFile : null,
  };
};

const keptIn = (file: string, make: () => string, variable: string): string => {
  try {
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    mkdirSync(join(file, '..'), { recursive: true });
    // Exclusive: of two processes that start at once, both use what the first one wrote.
    writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(file, 'utf8').trim();
    throw new StartupError(
      `The file ${file} cannot be read or written (${(error as Error).message}). Make the folder writable, or set ${variable}.`,
    );
  }
};
