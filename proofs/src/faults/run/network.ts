import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cast, ends, linkOf, type End, type Link, type Player } from '../cast';

const run = promisify(execFile);

/** Where the two sides of a link find each other. */
export type LinkAddresses = {
  /** Where what the player connects to listens. */
  readonly outside: string;
  /** Where the player itself is reached. */
  readonly inside: string;
};

/** What lies between the players and everything else. */
export type Network = {
  /** How partitions are played, in a sentence. */
  readonly described: string;
  /** What a player is started by, so that it is inside. */
  readonly inside: (player: Player) => readonly string[];
  readonly addresses: (link: Link) => LinkAddresses;
  /** From now on every packet of the link is lost, in both directions; `null` where only a relay can play that. */
  readonly cut: ((link: Link) => Promise<void>) | null;
  readonly heal: (link: Link) => Promise<void>;
  readonly close: () => Promise<void>;
};

const loopback = '127.0.0.1';

/** All on one machine's loopback: relays play everything. */
const oneNetwork = (why: string): Network => ({
  described: `partitions are played by relays between the processes (${why})`,
  inside: () => [],
  addresses: () => ({ outside: loopback, inside: loopback }),
  cut: null,
  heal: async () => undefined,
  close: async () => undefined,
});

/** A network namespace for each player where we may make them, else one network for all. */
export const openNetwork = async (): Promise<Network> => {
  if (process.platform !== 'linux') return oneNetwork('only Linux has network namespaces');
  if (process.getuid?.() !== 0) return oneNetwork('network namespaces need root');
  const namespaces = cast.map((player, index) => namespaceOf(player, index));
  try {
    await removeLeftovers();
    for (const namespace of namespaces) await make(namespace);
  } catch (error) {
    await removeAll(namespaces);
    return oneNetwork(
      `network namespaces cannot be made: ${(error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1)}`,
    );
  }
  const cables = new Map(namespaces.flatMap(({ cables: own }) => own.map((cable) => [cable.link, cable] as const)));
  const cableOf = (link: Link): Cable => cables.get(link) as Cable;
  const nameOf = (player: Player): string => (namespaces[cast.indexOf(player)] as Namespace).name;
  return {
    described: 'partitions are played by network namespaces: packets are lost; slowness by relays between them',
    inside: (player) => ['ip', 'netns', 'exec', nameOf(player)],
    addresses: (link) => cableOf(link),
    cut: (link) => lose(cableOf(link)),
    heal: (link) => find(cableOf(link)),
    close: () => removeAll(namespaces),
  };
};

/** A virtual cable: one end outside, one in the player's namespace. */
type Cable = LinkAddresses & { readonly link: Link; readonly device: string; readonly insideDevice: string; readonly name: string };
type Namespace = { readonly name: string; readonly cables: readonly Cable[] };

/** By its name a later run finds out whether the one that made it still lives. */
const prefix = 'stockproof-faults-';
/** Names of devices have at most 15 characters. */
const deviceOf = (number: number): string => `sp${process.pid.toString(36)}x${number}`;

const namespaceOf = (player: Player, index: number): Namespace => {
  const name = `${prefix}${process.pid}-${player}`;
  // Addresses nobody else uses: two runs at once differ in their process ids.
  const net = `10.${200 + (process.pid % 50)}.${index}`;
  return {
    name,
    cables: ends.map((end: End, number) => ({
      link: linkOf(player, end),
      name,
      device: deviceOf(index * ends.length + number),
      insideDevice: end,
      outside: `${net}.${number * 4 + 1}`,
      inside: `${net}.${number * 4 + 2}`,
    })),
  };
};

const ip = (...words: readonly string[]): Promise<unknown> => run('ip', words, { timeout: 10_000 });

const make = async ({ name, cables }: Namespace): Promise<void> => {
  await ip('netns', 'add', name);
  await ip('-n', name, 'link', 'set', 'lo', 'up');
  for (const { device, insideDevice, outside, inside } of cables) {
    await ip('link', 'add', device, 'type', 'veth', 'peer', 'name', insideDevice, 'netns', name);
    await ip('addr', 'add', `${outside}/30`, 'dev', device);
    await ip('link', 'set', device, 'up');
    await ip('-n', name, 'addr', 'add', `${inside}/30`, 'dev', insideDevice);
    await ip('-n', name, 'link', 'set', insideDevice, 'up');
  }
};

/** Nobody has this hardware address: what is sent there is lost, and the sender is not told. */
const nobody = '02:00:00:00:00:00';

const lose = async ({ name, device, insideDevice, outside, inside }: Cable): Promise<void> => {
  await ip('neigh', 'replace', inside, 'lladdr', nobody, 'dev', device, 'nud', 'permanent');
  await ip('-n', name, 'neigh', 'replace', outside, 'lladdr', nobody, 'dev', insideDevice, 'nud', 'permanent');
};

const find = async ({ name, device, insideDevice, outside, inside }: Cable): Promise<void> => {
  await ip('neigh', 'del', inside, 'dev', device);
  await ip('-n', name, 'neigh', 'del', outside, 'dev', insideDevice);
};

/** Cables go with either of their ends; a namespace lives on while a process of it does, so both are taken away. */
const removeAll = async (namespaces: readonly Namespace[]): Promise<void> => {
  for (const { name, cables } of namespaces) {
    for (const { device } of cables) await ip('link', 'del', device).catch(() => undefined); // was never made
    await ip('netns', 'del', name).catch(() => undefined); // was never made
  }
};

/** What a run left that was killed. */
const removeLeftovers = async (): Promise<void> => {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const [, name = '', pid] of stdout.matchAll(new RegExp(`^(${prefix}(\\d+)-\\S+)`, 'gm')))
    if (!lives(Number(pid))) await ip('netns', 'del', name);
};

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
