import type { AllocationEvent } from '@stockproof/stock-domain';
import type { Row } from './comparing-rows';
import type { Placed } from './subjects';

const nothingKnown = {
  kind: null,
  order_number: null,
  order_date: null,
  status: 'requested',
  plan: 0,
  units: [],
  missing: [],
  reasons: [],
  behind: null,
  plan_open_since: null,
};

const nothingNow = (status: string): Row => ({ status, units: [], behind: null, plan_open_since: null });

/** What an event says of its attempt; what it does not say stays as it was. */
const saidBy = ({ event, recordedAt }: Placed<AllocationEvent>): Row => {
  switch (event.type) {
    case 'AllocationRequested': {
      const { kind, orderNumber, orderDate } = event.data.wanted;
      return { kind, order_number: orderNumber, order_date: new Date(orderDate).toISOString() };
    }
    case 'AllocationDecided':
      return { plan: event.data.plan, plan_open_since: recordedAt, reasons: event.data.record?.reasons ?? [] };
    case 'AllocationGranted':
      return { status: 'granted', behind: null, units: event.data.units, missing: event.data.missing, plan_open_since: null };
    case 'AllocationHeld':
      return { status: 'held', behind: null, units: event.data.units, missing: event.data.missing, plan_open_since: null };
    case 'AllocationWaiting':
      return { ...nothingNow('waiting'), missing: event.data.missing, reasons: event.data.reasons, behind: event.data.behind ?? null };
    case 'AllocationRefused':
      return { ...nothingNow('refused'), missing: event.data.missing, reasons: event.data.reasons };
    case 'AllocationWithdrawn':
      return nothingNow('withdrawn');
    case 'AllocationEnded':
      return nothingNow('ended');
  }
};

/** An order's attempts as the log makes them, by their numbers. */
export const attemptsOf = (told: readonly Placed<AllocationEvent>[]): ReadonlyMap<string, Row> => {
  const attempts = new Map<string, Row>();
  for (const each of told) {
    const { event, revision, position, recorded } = each;
    const name = `${event.data.orderId} ${event.data.attempt}`;
    attempts.set(name, {
      ...(attempts.get(name) ?? nothingKnown),
      ...saidBy(each),
      order_id: event.data.orderId,
      attempt: event.data.attempt,
      organization_id: recorded.meta.organizationId,
      revision,
      decided_at: new Date(event.data.decidedAt).toISOString(),
      position,
    });
  }
  return attempts;
};
