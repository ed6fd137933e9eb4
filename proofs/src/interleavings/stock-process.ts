import { PoisonMessage, TryAgain } from '@stockproof/bus-transport';
import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import { allocator, moveHold, StockRequestsConsumer, stockStreams, type StockStreams } from '@stockproof/stock-service/testing';
import type { Clock, Instant } from '@stockproof/vocabulary';
import { capturedCalls, capturedStore, NoAnswer, type Answer, type PendingCall } from './captured-calls';
import type { Twin } from './twin';

/** Something that a process is given to do. */
export type Task =
  | { readonly task: 'batch'; readonly messages: readonly DeliveredMessage[] }
  | { readonly task: 'move-hold'; readonly orderId: string; readonly from: string; readonly to: string; readonly context: CommandContext };

/** All that a process ever learns of the world; the same inputs make the same process. */
export type Input = { readonly now: Instant } & (
  { readonly is: 'task'; readonly task: Task } | { readonly is: 'answer'; readonly call: number; readonly answer: Answer }
);

/** A process of stock: the product's consumer and flows, with its own caches, over calls that wait for their turn. */
export type StockProcess = {
  /** Resolves when the process can do nothing more before its next input. */
  readonly take: (input: Input) => Promise<void>;
  readonly pending: () => readonly PendingCall[];
  readonly isBusy: () => boolean;
  /** What it ran into that nobody foresaw; null: nothing. */
  readonly failure: () => string | null;
};

/** Numbers for ids, so that a process that is run again writes the same. */
const idsOf = (process: number): (() => string) => {
  let made = 0;
  return () => `${process.toString(16).padStart(8, '0')}-0000-4000-8000-${(made += 1).toString(16).padStart(12, '0')}`;
};

/** Until all promises that can settle have: ticks come after the last of them. */
const quiet = async (): Promise<void> => {
  await Promise.resolve();
  await new Promise<void>((resolve) => process.nextTick(resolve));
};

export const stockProcess = (number: number, twin: Twin): StockProcess => {
  const calls = capturedCalls();
  let now: Instant = '';
  const clock: Clock = { now: () => now };
  const store = twin.asks?.(capturedStore(calls)) ?? capturedStore(calls);
  const own = stockStreams(commandHandling({ store, clock, newId: idsOf(number) }));
  const streams = twin.streams?.(own) ?? own;
  const work = workOf(streams, clock, calls);
  let busy = false;
  let failure: string | null = null;

  const begin = (task: Task): void => {
    busy = true;
    work(task)
      .catch((error: unknown) => {
        if (!isTheWorlds(error)) failure = String(error instanceof PoisonMessage ? `poison: ${error.message}` : error);
      })
      .finally(() => (busy = false));
  };
  return {
    take: async (input) => {
      now = input.now;
      if (input.is === 'task') begin(input.task);
      else calls.answer(input.call, input.answer);
      await quiet();
    },
    pending: calls.pending,
    isBusy: () => busy,
    failure: () => failure,
  };
};

/** The batch is delivered again, as the product's consumer has it. */
const isTheWorlds = (error: unknown): boolean => error instanceof NoAnswer || error instanceof TryAgain;

const workOf = (streams: StockStreams, clock: Clock, { ask }: ReturnType<typeof capturedCalls>): ((task: Task) => Promise<void>) => {
  const list = {
    rowsFor: async (_: string, skuKeys: readonly string[]) => {
      const answer = await ask({ asks: 'waiting', skuKeys });
      return answer.to === 'waiting' ? answer.rows : [];
    },
  };
  const consumer = new StockRequestsConsumer(allocator({ streams, clock }, list));
  const context = { owns: () => true, heartbeat: () => Promise.resolve() };
  return async (task) => {
    if (task.task === 'batch') {
      const statements = await consumer.work({ topic: stockRequestsTopic, partition: 0, messages: task.messages, context });
      await ask({ asks: 'commit', statements });
    } else {
      const { orderId, from, to } = task;
      await moveHold({ streams, clock }, task.context.accountId ?? '', { orderId, from, to, lineIds: null }, task.context);
    }
  };
};
