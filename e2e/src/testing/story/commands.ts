import { derivedId } from '@stockproof/vocabulary';
import type { LoggedEvent, LoggedMessage } from './logs';

/** Events that one command was decided to, in one stream. */
export type Decided = { readonly commandId: string; readonly events: readonly [LoggedEvent, ...LoggedEvent[]] };

/** The request that began the story. */
export type Request = { readonly command: string; readonly key: string; readonly method: string; readonly path: string };

type Of = Readonly<Record<string, string | number>>;

/**
 * An event does not name its command, but the id of a command follows from what it is for: so that a repetition is known, and so that
 * it can be told here which command it was.
 */
const commandIds: Readonly<Record<string, readonly [command: string, id: (account: string, of: Of) => string][]>> = {
  sales: [
    ['RecordShipmentAccepted', (_, of) => derivedId('export', 'RecordShipmentAccepted', of['shipmentId'] ?? '', '')],
    ['RecordShipmentUpdate', (account, of) => derivedId('shipment-update', account, of['shipmentId'] ?? '', of['updateId'] ?? '')],
  ],
  stock: [
    ['DecideAllocation', (account, of) => stockStep(account, of, 'DecideAllocation', 'orderId', 'attempt', 'plan')],
    ['RecordGrants', (account, of) => stockStep(account, of, 'RecordGrants', 'orderId', 'attempt', 'plan')],
    ['GrantUnits', (account, of) => stockStep(account, of, 'GrantUnits', 'orderId', 'attempt', 'plan', 'sku')],
    ['AcceptUnits', (account, of) => stockStep(account, of, 'accept', 'shipmentId', 'sku')],
    ['ShipUnits', (account, of) => stockStep(account, of, 'ship', 'allocationId', 'shipped')],
  ],
};

const stockStep = (account: string, of: Of, step: string, ...names: readonly string[]): string =>
  derivedId('stock', account, step, ...names.map((name) => of[name] ?? ''));

const answers: Readonly<Record<string, string>> = { 'stockproof.stock.order-allocated.v1': 'RecordAllocated' };

/** Which command it was, told by its id alone. Throws where no known command of the service has this id. */
export const commandOf = ({ commandId, events }: Decided, account: string, because: Request | LoggedMessage | null): string => {
  const [first] = events;
  const candidates = [
    ...fromCause(first, because),
    ...(commandIds[first.service] ?? []).map(([command, id]) => [command, id(account, allSaid(events, because))] as const),
  ];
  const found = candidates.filter(([, id]) => id === commandId).map(([command]) => command);
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${first.type} of ${first.stream}: no command that this file knows of ${first.service} has the id ${commandId}`);
  return found[0];
};

const fromCause = ({ actor }: LoggedEvent, because: Request | LoggedMessage | null): readonly (readonly [string, string])[] => {
  if (because === null) return [];
  if ('key' in because) return [[because.command, derivedId('command', actor, because.key, because.method, because.path)]];
  const answer = answers[because.type];
  return answer === undefined ? [] : [[answer, derivedId('allocation-answer', because.id)]];
};

const allSaid = (events: readonly LoggedEvent[], because: Request | LoggedMessage | null): Of =>
  Object.assign({}, because !== null && 'data' in because ? because.data : {}, ...events.map((event) => event.data)) as Of;
