import { randomFrom, type Random } from '../clients/random';
import { ends, type BusKind, type End, type Player } from './cast';

/** What is done to whom. Times in ms. */
export type Fault =
  /** `kill -9`, or SIGTERM; started again after a while. */
  | { readonly does: 'kill' | 'restart'; readonly player: Player; readonly awayMs: number }
  /** SIGSTOP, later SIGCONT: it goes on as if no time had passed. */
  | { readonly does: 'stop'; readonly player: Player; readonly forMs: number }
  /** An immediate shutdown of the database, which recovers at its next start. */
  | { readonly does: 'restart-database'; readonly awayMs: number }
  /** `kill -9`, where there is a broker. */
  | { readonly does: 'restart-broker'; readonly awayMs: number }
  /** Nothing gets through, and nobody is told. */
  | { readonly does: 'cut'; readonly player: Player; readonly from: End; readonly forMs: number }
  /** Every piece is late. */
  | { readonly does: 'slow'; readonly player: Player; readonly from: End; readonly forMs: number; readonly delayMs: number }
  /** Offsets of all groups are set back: the last messages of each partition are delivered once more. */
  | { readonly does: 'deliver-again'; readonly messages: number };

export type Planned = { readonly atMs: number; readonly fault: Fault };

const overPostgres = { kill: 5, restart: 3, stop: 5, 'restart-database': 2, cut: 5, slow: 3, 'deliver-again': 3 } as const;
const overKafka = { ...overPostgres, 'restart-broker': 2 };

/** Stock and sales are where orders meet: they are struck most. */
const players: Readonly<Record<Player, number>> = {
  tenancy: 1,
  'sales-1': 3,
  'sales-2': 3,
  'stock-1': 4,
  'stock-2': 4,
  purchasing: 2,
  catalog: 1,
};

export type Pace = {
  readonly forMs: number;
  readonly everyMs: number;
  readonly bus: BusKind;
};

/** The same seed plans the same: one fault about every `everyMs` for `forMs`, each kind at least once where there is room for it. */
export const faultsOf = (seed: string, { forMs, everyMs, bus }: Pace): readonly Planned[] => {
  const random = randomFrom(`${seed}/faults`);
  const count = Math.max(1, Math.floor(forMs / everyMs));
  const kinds = kindsOf(random, count, bus);
  return kinds.map((does, index) => ({
    atMs: Math.round((index + 0.2 + 0.6 * (random.int(0, 100) / 100)) * everyMs),
    fault: drawn(random, does, bus),
  }));
};

const kindsOf = (random: Random, count: number, bus: BusKind): readonly Fault['does'][] => {
  const weights: Partial<Record<Fault['does'], number>> = bus === 'kafka' ? overKafka : overPostgres;
  const each = Object.keys(weights) as Fault['does'][];
  const kinds = Array.from({ length: count }, (_, index) => each[index] ?? random.weighted(weights as Record<Fault['does'], number>));
  for (let index = kinds.length - 1; index > 0; index--) {
    const other = random.int(0, index);
    [kinds[index], kinds[other]] = [kinds[other] as Fault['does'], kinds[index] as Fault['does']];
  }
  return kinds;
};

const drawn = (random: Random, does: Fault['does'], bus: BusKind): Fault => {
  const player = random.weighted(players);
  const from = random.pick(bus === 'kafka' ? ends : ends.filter((end) => end !== 'bus'));
  switch (does) {
    case 'kill':
    case 'restart':
      return { does, player, awayMs: random.pick([0, 0, 500, 2_000, 6_000]) };
    case 'stop':
      return { does, player, forMs: random.pick([1_000, 4_000, 8_000]) };
    case 'restart-database':
    case 'restart-broker':
      return { does, awayMs: random.pick([0, 0, 1_000, 3_000]) };
    case 'cut':
      return { does, player, from, forMs: random.pick([1_000, 4_000, 8_000]) };
    case 'slow':
      return { does, player, from, forMs: random.pick([4_000, 8_000]), delayMs: random.pick([5, 20, 60]) };
    case 'deliver-again':
      return { does, messages: random.pick([1, 10, 200]) };
  }
};

/**
 * What a service loses that says too early that it is done: all of its processes die at once, sales and stock in turn, while their
 * database is slow, so that something is always in hand.
 */
export const killedWithWorkInHand = ({ forMs, everyMs }: Pick<Pace, 'forMs' | 'everyMs'>): readonly Planned[] => {
  const services: readonly (readonly Player[])[] = [
    ['stock-1', 'stock-2'],
    ['sales-1', 'sales-2'],
  ];
  const slow = services
    .flat()
    .map((player): Planned => ({ atMs: 0, fault: { does: 'slow', player, from: 'database', forMs, delayMs: 20 } }));
  const kills = Array.from({ length: Math.floor(forMs / everyMs) }, (_, index) =>
    (services[index % services.length] as readonly Player[]).map((player): Planned => ({
      atMs: (index + 1) * everyMs,
      fault: { does: 'kill', player, awayMs: 0 },
    })),
  );
  return [...slow, ...kills.flat()];
};

/** How a fault is told. */
export const toldOf = (fault: Fault): string => {
  const seconds = (ms: number): string => `${ms / 1_000} s`;
  switch (fault.does) {
    case 'kill':
    case 'restart':
      return `${fault.does} ${fault.player}, started again after ${seconds(fault.awayMs)}`;
    case 'stop':
      return `stop ${fault.player} for ${seconds(fault.forMs)}`;
    case 'restart-database':
      return `restart the database at once, away for ${seconds(fault.awayMs)}`;
    case 'restart-broker':
      return `kill the broker, started again after ${seconds(fault.awayMs)}`;
    case 'cut':
      return `cut ${fault.player} from its ${fault.from} for ${seconds(fault.forMs)}`;
    case 'slow':
      return `slow ${fault.player} and its ${fault.from} by ${fault.delayMs} ms a piece for ${seconds(fault.forMs)}`;
    case 'deliver-again':
      return `deliver the last ${fault.messages} messages of each partition again`;
  }
};
