import type { RecordedEvent } from '@stockproof/event-store';
import {
  answersClaim,
  claimsOf,
  faultsOfItem,
  grantsWithoutOwner,
  hearItemEvent,
  itemHistory,
  orderHistory,
  stillWithoutOwner,
  takenFromOwners,
  unmetClaim,
  type AllocationEvent,
  type Finding,
  type ItemEvent,
  type Owners,
} from '@stockproof/stock-domain';
import { account } from '../allocation/allocation-scene';
import { orderIds, skus, walk } from '../allocation/allocation-walk';
import { allocationStream, itemStream } from '../stock.streams';
import { placed } from './subjects';

/** A log as it was once: its first so many events. */
type Log = readonly RecordedEvent[];

const told = <E extends ItemEvent | AllocationEvent>(log: Log, stream: string) =>
  log.filter((event) => event.stream === stream).map((event) => placed<E>(event));

const ownersIn = (log: Log, now: string): Owners => ({
  orders: new Map(orderIds.map((id) => [id, orderHistory(told<AllocationEvent>(log, allocationStream(account, id)))])),
  now,
});

/** As the verifier reads it: items first, their owners after that, suspicious items once more; of orders the claims first. */
const findingsIn = (now: string, [first, second, third]: readonly [Log, Log, Log]): readonly Finding[] => {
  const owners = ownersIn(second, now);
  const ofItems = skus.flatMap((sku) => {
    const read = (log: Log) => {
      const history = itemHistory();
      const taken = told<ItemEvent>(log, itemStream(account, sku)).flatMap((each) => hearItemEvent(history, each));
      return { history, taken };
    };
    const { history, taken } = read(first);
    const suspected = grantsWithoutOwner(history.item, owners);
    const again = grantsWithoutOwner(read(third).history.item, owners);
    return [...faultsOfItem(history), ...takenFromOwners(sku, taken, owners), ...stillWithoutOwner(suspected, again)];
  });
  const claims = [...ownersIn(first, now).orders].flatMap(([orderId, history]) => claimsOf(orderId, history));
  const unmet = claims.flatMap((claim) => {
    const answer = told<ItemEvent>(second, itemStream(account, claim.sku)).findLast(({ event }) => answersClaim(event, claim));
    return unmetClaim(claim, answer?.event ?? null) ?? [];
  });
  return [...ofItems, ...unmet];
};

/** Nothing is ever overdue at the very beginning: what is under way then counts as that, however long a step of the walk takes. */
const beginning = '2026-01-10T12:00:00.000Z';
const longAfter = '2027-01-10T12:00:00.000Z';

const logOf = async (seed: number): Promise<Log> => {
  const { world, failures } = await walk(seed);
  expect(failures).toEqual([]);
  return (await world.store.readAll('', 100_000)).events;
};

const seeds = Array.from({ length: 30 }, (_, index) => 10_000 + index);

describe('any schedule of owners that crash, orders that change their mind and people', () => {
  it('at rest has nothing for the verifier, however long after', async () => {
    for (const seed of seeds) {
      const log = await logOf(seed);
      expect([seed, findingsIn(longAfter, [log, log, log])]).toEqual([seed, []]);
    }
  });

  it('has nothing for it at any moment in between, also where the log grows while it is read', async () => {
    let moments = 0;
    for (const seed of seeds) {
      const log = await logOf(seed);
      for (let at = 1; at <= log.length; at++) {
        moments += 1;
        const upTo = (more: number): Log => log.slice(0, at + more);
        expect([seed, at, findingsIn(beginning, [upTo(0), upTo(1 + (at % 3)), upTo(3 + (at % 7))])]).toEqual([seed, at, []]);
      }
    }
    expect(moments).toBeGreaterThan(1_000);
  });
});

describe('a log from which something was taken', () => {
  /** Every event of a kind in turn is gone, as if it had never been written; the end of the order's flow is at rest. */
  const without = async (seed: number, lost: (event: RecordedEvent) => boolean): Promise<readonly (readonly Finding[])[]> => {
    const log = await logOf(seed);
    return log.filter(lost).map((gone) => {
      const rest = log.filter((event) => event !== gone);
      return findingsIn(longAfter, [rest, rest, rest]);
    });
  };
  const isLastGrant = ({ type, data }: RecordedEvent): boolean =>
    type === 'UnitsGranted' && (data['granted'] as readonly object[]).length > 0;
  const closesUnits = ({ type, data }: RecordedEvent): boolean =>
    type === 'GrantClosed' && (data['changes'] as readonly object[]).length > 0;

  it('has a finding for every closing that took units back', async () => {
    const all = (await Promise.all(seeds.map((seed) => without(seed, closesUnits)))).flat();
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((findings) => findings.length === 0)).toEqual([]);
  });

  it('has findings for grants that are lost while somebody claims them', async () => {
    const all = (await Promise.all(seeds.map((seed) => without(seed, isLastGrant)))).flat();
    expect(all.flat().filter(({ kind }) => kind === 'owner-without-allocation').length).toBeGreaterThan(20);
  });
});
