import type { EventStore, RecordedEvent } from '@stockproof/event-store';
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

/**
 * Looks for the grant where the attempt says that it stands: mostly the first event read. Where a repeat of the plan was answered, the
 * grant lies somewhat before; where it was granted again by a repair, behind: so if need be the whole stream is read, backwards.
 */
const answerTo = async (store: EventStore, accountId: AccountId, claim: Claim): Promise<ItemEvent | null> => {
  const stream = itemStream(accountId, claim.sku);
  if (claim.grantedAt !== null) {
    for (const limit of [1, pageSize]) {
      const page = await store.readStream(stream, { direction: 'backward', from: claim.grantedAt, limit });
      const answer = answerIn(page, claim);
      if (answer) return answer;
    }
  }
  for (let from = Number.MAX_SAFE_INTEGER; from > 0;) {
    const page = await store.readStream(stream, { direction: 'backward', from, limit: pageSize });
    const answer = answerIn(page, claim);
    if (answer) return answer;
    from = (page.at(-1)?.revision ?? 1) - 1;
  }
  return null;
};

/** The last of these events that answers the claim; they come from behind. */
const answerIn = (page: readonly RecordedEvent[], claim: Claim): ItemEvent | undefined =>
  page.map((recorded) => placed<ItemEvent>(recorded).event).find((event) => answersClaim(event, claim));
