import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockproof/service-host/testing';
import type { TestBroker } from './test-broker';

const run = async (program: string, words: readonly string[]): Promise<string> => {
  const child = spawn(program, [...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${output.slice(-2_000)}`);
  return output;
};

/** Whether Maven and a Java that Kafka runs on are installed. */
export const canRunMaven = async (): Promise<boolean> => {
  try {
    const [java] = await Promise.all([run('java', ['-version']), run('mvn', ['-version'])]);
    return Number(/version "(\d+)/.exec(java)?.[1] ?? 0) >= 17;
  } catch {
    // Not installed: the caller has another way.
    return false;
  }
};

/** Kafka's own artifacts, resolved once per version into the user's cache; a second process that resolves them too changes nothing. */
const artifacts = async (version: string): Promise<string> => {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stockproof');
  const folder = join(cache, `kafka-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'resolving-'));
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${fresh}`, '-DincludeScope=runtime', `-Dkafka.version=${version}`];
  await run('mvn', ['-q', '-B', '-f', join(__dirname, 'pom.xml'), ...goal]);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
};

/** A further listener, and the address under which clients that come by it are told to find the broker. */
export type Door = { readonly port: number; readonly advertised: string };

/** One node that is broker and controller. Killed with -9 it serves again after about 5 s, with the default session of 9 s after 24. */
const settings = (port: number, controller: number, data: string, doors: readonly Door[]): string => {
  const further = (address: (door: Door) => string): string => doors.map((door, index) => `,DOOR${index}://${address(door)}`).join('');
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}${further((door) => `127.0.0.1:${door.port}`)}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}${further(({ advertised }) => advertised)}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': `CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT${doors.map((_, index) => `,DOOR${index}:PLAINTEXT`).join('')}`,
    'inter.broker.listener.name': 'PLAINTEXT',
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 500,
    'log.dirs': data,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const startMs = 60_000;

export const brokerFromMaven = async (version: string, doors: readonly Door[] = []): Promise<TestBroker> => {
  const libraries = join(await artifacts(version), '*');
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-kafka-'));
  let broker: ChildProcess | null = null;
  process.once('exit', () => {
    broker?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await freePort(2);
  const controller = port + 1;
  const configuration = join(folder, 'server.properties');
  const logFile = join(folder, 'broker.log');
  writeFileSync(configuration, settings(port, controller, join(folder, 'data'), doors));
  const java = (tool: string, ...words: readonly string[]) => run('java', ['-cp', libraries, tool, ...words]);
  const id = (await java('kafka.tools.StorageTool', 'random-uuid')).trim().split('\n').at(-1) ?? '';
  await java('kafka.tools.StorageTool', 'format', '-t', id, '-c', configuration, '--standalone');

  const start = async (): Promise<void> => {
    const options = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-cp', libraries, 'kafka.Kafka', configuration];
    const child = spawn('java', options, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = createWriteStream(logFile, { flags: 'a' });
    child.stdout.pipe(output);
    child.stderr.pipe(output);
    broker = child;
    const deadline = performance.now() + startMs;
    while (!(await answers(port))) {
      if (hasEnded(child) || performance.now() > deadline)
        throw new Error(`The Kafka broker did not start:\n${readFileSync(logFile, 'utf8').slice(-3_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const end = async (): Promise<void> => {
    const ending = broker;
    broker = null;
    if (!ending || hasEnded(ending)) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    // Nobody reads its data again, or a test wants exactly this: there is nothing to finish.
    ending.kill('SIGKILL');
    await ended;
  };
  const remove = async (): Promise<void> => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  await start().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    address: `127.0.0.1:${port}`,
    described: `Apache Kafka ${version} from Maven's artifacts, at 127.0.0.1:${port}`,
    kill: end,
    startAgain: start,
    remove,
  };
};
