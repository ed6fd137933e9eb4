import { allEnded } from '@stockproof/bus-transport';
import type { AccountId, Sku } from '@stockproof/vocabulary';
import { allocationStream } from '../stock.streams';
import type { AttemptResult, Cause, ToTry } from './attempt-try';
import { driveAttempt, withdrawAttempt } from './driving';
import type { AllocationTools } from './granting';
import { applyUnits, type UnitsFact } from './units';
import type { WaitingList } from './waiting-orders';
import { waitingQueue, wantedBy, type WaitingQueue } from './waiting-queue';
import { allocateInOrder } from './wave';

type AttemptOf = { readonly orderId: string; readonly attempt: number; readonly cause: Cause };

/** One thing that the topic of requests asks of stock. */
export type StockRequest =
  | { readonly asks: 'allocation'; readonly toTry: ToTry }
  | { readonly asks: 'withdrawal'; readonly of: AttemptOf }
  | { readonly asks: 'units'; readonly fact: UnitsFact; readonly cause: Cause }
  | { readonly asks: 'wake'; readonly sku: Sku; readonly revision: number; readonly cause: Cause }
  | { readonly asks: 'finish'; readonly of: AttemptOf; readonly revision: number };

/** Decides everything that an account's orders want from stock; answers who waits now and who no longer does. */
export type Allocator = { readonly work: (accountId: AccountId, requests: readonly StockRequest[]) => Promise<readonly AttemptResult[]> };

export const allocator = (tools: AllocationTools, list: WaitingList): Allocator => {
  const queue = waitingQueue(tools, list);
  return {
    work: async (accountId, requests) => {
      // Wake-ups first: what has become free belongs to those who wait.
      const ordered = [...requests.filter((each) => each.asks === 'wake'), ...requests.filter((each) => each.asks !== 'wake')];
      const results: AttemptResult[] = [];
      for (const run of runsOf(ordered)) {
        const found = await workOn({ tools, queue, accountId }, run, results);
        results.push(...found, ...(await queue.behind(causeOf(run), found, results)));
      }
      return results;
    },
  };
};

/** Neighbours that ask the same kind of thing, in their order: they may be worked on together. */
type Run =
  | { readonly asks: 'allocation'; readonly attempts: ToTry[] }
  | { readonly asks: 'withdrawal'; readonly all: AttemptOf[] }
  | { readonly asks: 'units'; readonly facts: { readonly fact: UnitsFact; readonly cause: Cause }[] }
  | Extract<StockRequest, { asks: 'wake' | 'finish' }>;

const runsOf = (requests: readonly StockRequest[]): readonly Run[] => {
  const runs: Run[] = [];
  for (const request of requests) if (!joined(runs.at(-1), request)) runs.push(runOf(request));
  return runs;
};

const joined = (run: Run | undefined, request: StockRequest): boolean => {
  if (run?.asks === 'allocation' && request.asks === 'allocation') return joinedAttempts(run.attempts, request.toTry);
  if (run?.asks === 'withdrawal' && request.asks === 'withdrawal') return run.all.push(request.of) > 0;
  if (run?.asks === 'units' && request.asks === 'units') return run.facts.push(request) > 0;
  return false;
};

/** What is left of a hold that was taken over belongs to those who wait, not to who comes next: they are looked at before each run. */
const joinedAttempts = (attempts: ToTry[], next: ToTry): boolean => attempts.at(-1)?.wanted.holdAttempt === null && attempts.push(next) > 0;

const runOf = (request: StockRequest): Run => {
  switch (request.asks) {
    case 'allocation':
      return { asks: 'allocation', attempts: [request.toTry] };
    case 'withdrawal':
      return { asks: 'withdrawal', all: [request.of] };
    case 'units':
      return { asks: 'units', facts: [request] };
    case 'wake':
    case 'finish':
      return request;
  }
};

/** Because of which message a run is worked on: one of it stands for all. */
const causeOf = (run: Run): Cause => {
  switch (run.asks) {
    case 'allocation':
      return (run.attempts[0] as ToTry).cause;
    case 'withdrawal':
      return (run.all[0] as AttemptOf).cause;
    case 'units':
      return (run.facts[0] as { readonly cause: Cause }).cause;
    case 'wake':
      return run.cause;
    case 'finish':
      return run.of.cause;
  }
};

type Desk = { readonly tools: AllocationTools; readonly queue: WaitingQueue; readonly accountId: AccountId };

const workOn = async ({ tools, queue, accountId }: Desk, run: Run, soFar: readonly AttemptResult[]): Promise<readonly AttemptResult[]> => {
  switch (run.asks) {
    case 'allocation': {
      const older = await queue.before(accountId, run.attempts, soFar);
      const inTurn = await queue.inTurn(accountId, run.attempts, [...soFar, ...older]);
      return [...older, ...(await allocateInOrder(inTurn, accountId, run.attempts))];
    }
    case 'withdrawal':
      return allEnded(run.all.map(({ cause, orderId, attempt }) => withdrawAttempt(tools, cause, orderId, attempt)));
    case 'units':
      await applyUnits(tools, run.facts);
      return [];
    case 'wake':
      return queue.wake(run.cause, run.sku, run.revision, soFar);
    case 'finish':
      return finish(tools, run.of, run.revision);
  }
};

/** A plan without an outcome is carried on by whoever is reminded of it. */
const finish = async (
  tools: AllocationTools,
  { orderId, attempt, cause }: AttemptOf,
  revision: number,
): Promise<readonly AttemptResult[]> => {
  const stream = allocationStream(cause.accountId, orderId);
  tools.streams.allocations.atLeast(stream, revision);
  const wanted = wantedBy((await tools.streams.allocations.load(stream)).state, attempt);
  return wanted ? [await driveAttempt(tools, { orderId, attempt, wanted, cause })] : [];
};
