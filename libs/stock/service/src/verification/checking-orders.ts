import type { EventStore } from '@stockproof/event-store';
import {
  answersClaim,
  claimsOf,
  unmetClaim,
  type AllocationEvent,
  type Claim,
  type Finding,
  type ItemEvent,
} from '@stockproof/stock-domain';
import type { AccountId } from '@stockproof/vocabulary';
import { itemStream } from '../stock.streams';
import { comparedRows } from './comparing-rows';
import { attemptsOf } from './expected-attempts';
import { historyOf } from './reading-orders';
import { placed, streamOf, type Placed, type Subject, type VerifierTools } from './subjects';
import { unreadable } from './unreadable';
import { readAttemptRows } from './view-rows';

/** Everything that is wrong with the attempts of one order: what they claim and was never granted, and what the view says of them. */
export const checkOrder = async (tools: VerifierTools, subject: Subject): Promise<readonly Finding[]> => {
  const shown = await readAttemptRows(tools.database, subject);
  const events = await tools.store.readStream(streamOf(subject));
  const { history, odd } = historyOf(events);
  if (odd !== null) return [unreadable(odd.event, odd.because)];
  const told = events.map((recorded) => placed<AllocationEvent>(recorded));
  const claims = claimsOf(subject.key, history);
  const unmet: Finding[] = [];
  for (const claim of claims) {
    const finding = unmetClaim(claim, await answerTo(tools.store, subject.accountId, claim));
    if (finding) unmet.push(finding);
  }
  return [...unmet, ...(shown.at === null ? [] : rowFindings(subject, shown.at, told, shown.rows))];
};

const rowFindings = (
  { key }: Subject,
  at: string,
  told: readonly Placed<AllocationEvent>[],
  rows: Awaited<ReturnType<typeof readAttemptRows>>['rows'],
): readonly Finding[] => {
  const found = new Map(rows.map((row) => [`${String(row['order_id'])} ${String(row['attempt'])}`, row]));
  return comparedRows(
    { view: 'allocations', at, sku: null, orderId: key },
    attemptsOf(told.filter(({ position }) => position <= at)),
    found,
  );
};

const pageSize = 500;

/** Looks for the grant where the attempt says that it stands, then before it: mostly it is the first event read. */
const answerTo = async (store: EventStore, accountId: AccountId, claim: Claim): Promise<ItemEvent | null> => {
  const stream = itemStream(accountId, claim.sku);
  let from = claim.grantedAt;
  for (let limit = 1; ; limit = pageSize) {
    const page = await store.readStream(stream, { direction: 'backward', limit, ...(from === null ? {} : { from }) });
    const answer = page.map((recorded) => placed<ItemEvent>(recorded).event).find((event) => answersClaim(event, claim));
    if (answer) return answer;
    const first = page.at(-1)?.revision ?? 0;
    if (page.length < limit || first <= 1) return null;
    from = first - 1;
  }
};
