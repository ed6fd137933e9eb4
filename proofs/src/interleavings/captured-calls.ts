import type { AppendOutcome, EventStore, ReadStreamOptions, RecordedEvent, StreamAppend } from '@stockproof/event-store';
import type { Statement } from '@stockproof/sql';
import type { WaitingRow } from '@stockproof/stock-service/testing';

/** What a process asks of the world, and waits for. */
export type Call =
  | { readonly asks: 'append'; readonly appends: readonly StreamAppend[] }
  | { readonly asks: 'read'; readonly reads: readonly { readonly stream: string; readonly options: ReadStreamOptions }[] }
  | { readonly asks: 'waiting'; readonly skuKeys: readonly string[] }
  | { readonly asks: 'commit'; readonly statements: readonly Statement[] };

export type Answer =
  | { readonly to: 'append'; readonly outcomes: readonly AppendOutcome[] }
  | { readonly to: 'read'; readonly found: readonly (readonly RecordedEvent[])[] }
  | { readonly to: 'waiting'; readonly rows: readonly WaitingRow[] }
  | { readonly to: 'commit' }
  /** The call failed: whether it took effect, the process cannot know. */
  | { readonly to: 'nothing'; readonly because: string };

export type PendingCall = { readonly number: number; readonly call: Call };

export type CapturedCalls = {
  readonly pending: () => readonly PendingCall[];
  readonly ask: (call: Call) => Promise<Answer>;
  readonly answer: (number: number, answer: Answer) => void;
};

/** The world did not answer; nobody in the process is at fault. */
export class NoAnswer extends Error {}

/** Calls that wait until the search lets one of them happen, numbered in the order in which they were made. */
export const capturedCalls = (): CapturedCalls => {
  const waiting = new Map<number, { readonly call: Call; readonly settle: (answer: Answer) => void }>();
  let made = 0;
  return {
    pending: () => [...waiting].map(([number, { call }]) => ({ number, call })),
    ask: (call) =>
      new Promise((resolve, reject) => {
        const settle = (answer: Answer): void => (answer.to === 'nothing' ? reject(new NoAnswer(answer.because)) : resolve(answer));
        waiting.set((made += 1), { call, settle });
      }),
    answer: (number, answer) => {
      const asked = waiting.get(number);
      if (!asked) throw new Error(`call ${number} was never made: the process does not repeat itself`);
      waiting.delete(number);
      asked.settle(answer);
    },
  };
};

const notOffered = (): never => {
  throw new Error('no process of this search asks for this');
};

/** The event store as a process has it: each call waits for its turn. */
export const capturedStore = ({ ask }: CapturedCalls): EventStore => {
  const read = async (reads: Extract<Call, { asks: 'read' }>['reads']): Promise<readonly (readonly RecordedEvent[])[]> => {
    const answer = await ask({ asks: 'read', reads });
    return answer.to === 'read' ? answer.found : notOffered();
  };
  return {
    append: async (appends) => {
      const answer = await ask({ asks: 'append', appends });
      return answer.to === 'append' ? answer.outcomes : notOffered();
    },
    readStream: async (stream, options = {}) => (await read([{ stream, options }]))[0] ?? [],
    readStreams: (reads) => read(reads.map(({ stream, from }) => ({ stream, options: from === undefined ? {} : { from } }))),
    logId: notOffered,
    readAll: notOffered,
    subscribe: notOffered,
    head: notOffered,
    eventAt: notOffered,
    close: notOffered,
  };
};
