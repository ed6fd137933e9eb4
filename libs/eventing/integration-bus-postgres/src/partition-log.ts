import type { DeliveredMessage, IntegrationMessage } from '@stockproof/integration-bus';
import { gathered, type Gathered } from '@stockproof/sql';
import type { Connections } from './connections';

export type Read = { readonly topicNo: number; readonly partition: number; readonly from: number; readonly limit: number };

export type Move = {
  readonly group: string;
  readonly topicNo: number;
  readonly partition: number;
  readonly member: string;
  readonly fence: number;
  readonly next: number;
  /** Gives the partition back as well. */
  readonly release: boolean;
};

/** What partition readers ask of the database, many of them in one round trip. */
export type PartitionLog = {
  readonly read: (read: Read) => Promise<readonly DeliveredMessage[]>;
  /** False: somebody else owns the partition now, and nothing was moved. */
  readonly move: (move: Move) => Promise<boolean>;
};

/** A read may bring 500 messages of a kilobyte; two dozen of them are enough for one answer. */
const readsAtOnce = 24;
const movesAtOnce = 500;

export const partitionLog = ({ query }: Connections): PartitionLog => {
  const reads: Gathered<Read, readonly DeliveredMessage[]> = gathered({
    fits: () => readsAtOnce,
    repeatable: false,
    run: async (items) => {
      const rows = await query<{ place: string; offset: string; message: string }>(
        'read',
        'select place, "offset", message from bus.read_messages($1, $2, $3, $4)',
        [
          items.map(({ topicNo }) => topicNo),
          items.map(({ partition }) => partition),
          items.map(({ from }) => from),
          items.map(({ limit }) => limit),
        ],
      );
      const answers = items.map((): DeliveredMessage[] => []);
      for (const { place, offset, message } of rows) {
        const index = Number(place) - 1;
        answers[index]?.push({ ...(JSON.parse(message) as IntegrationMessage), partition: items[index]?.partition ?? 0, offset });
      }
      return answers;
    },
  });
  const moves: Gathered<Move, boolean> = gathered({
    fits: () => movesAtOnce,
    repeatable: false,
    run: async (items) => {
      const rows = await query<{ move_offsets: string }>('move', 'select * from bus.move_offsets($1, $2, $3, $4, $5, $6, $7)', [
        items.map(({ group }) => group),
        items.map(({ topicNo }) => topicNo),
        items.map(({ partition }) => partition),
        items.map(({ member }) => member),
        items.map(({ fence }) => fence),
        items.map(({ next }) => next),
        items.map(({ release }) => release),
      ]);
      const moved = new Set(rows.map((row) => Number(row.move_offsets) - 1));
      return items.map((_, index) => moved.has(index));
    },
  });
  return { read: reads.add, move: moves.add };
};
