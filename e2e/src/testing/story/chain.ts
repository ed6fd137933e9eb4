import { commandOf, type Decided, type Request } from './commands';
import type { LoggedEvent, LoggedMessage, Logs } from './logs';

/** What set a step off. */
export type Trigger =
  | { readonly by: 'request'; readonly request: Request }
  | { readonly by: 'message'; readonly type: string; readonly topic: string; readonly group: string }
  /** A job hands shipments to their warehouses: what it does is caused by the shipment. */
  | { readonly by: 'export' }
  /** A warehouse says what it did: caused by its update, correlated by the shipment. */
  | { readonly by: 'update' };

export type Decision = Decided & { readonly command: string; readonly messages: readonly LoggedMessage[] };

/** All decisions of the same kind for the same kind of reason: what happens to several shipments side by side is one step. */
export type Step = { readonly trigger: Trigger; readonly service: string; readonly decisions: readonly Decision[] };

type Subject = { readonly orderId: string; readonly request: Request };

/** Follows the ids from the request that began it to everything that came of it. Throws where an event of the order is not reached. */
export const follow = (logs: Logs, subject: Subject): readonly Step[] => {
  const reached = new Set<string>();
  const decided = decider(logs, reached);
  const steps: Step[] = [];

  const visit = (trigger: Trigger, decisions: readonly Decision[]): void => {
    const [first] = decisions;
    if (first === undefined) return;
    steps.push({ trigger, service: first.events[0].service, decisions });
    const messages = decisions.flatMap((decision) => decision.messages);
    for (const [heard, caused] of hearings(messages, (message) => decided((event) => event.causationId === message.id)))
      visit(heard, caused);
    const shipments = new Set(
      decisions.flatMap(({ events }) =>
        events.filter((event) => event.type === 'ShipmentCreated').map((event) => String(event.data['shipmentId'])),
      ),
    );
    visit(
      { by: 'export' },
      decided((event) => shipments.has(event.causationId)),
    );
    visit(
      { by: 'update' },
      decided((event) => shipments.has(event.correlationId) && event.causationId === event.data['updateId']),
    );
  };

  const isFirst = (event: LoggedEvent): boolean =>
    event.correlationId === subject.request.correlationId && event.causationId === event.commandId;
  visit({ by: 'request', request: subject.request }, decided(isFirst));
  const lost = logs.events.filter((event) => event.data['orderId'] === subject.orderId && !reached.has(event.id));
  if (lost.length > 0)
    throw new Error(
      lost.map((event) => `${event.type} of ${event.stream}: its causation id ${event.causationId} leads nowhere`).join('\n'),
    );
  return steps;
};

const decider = (logs: Logs, reached: Set<string>) => {
  return (isCaused: (event: LoggedEvent) => boolean): readonly Decision[] => {
    const events = logs.events.filter((event) => isCaused(event) && !reached.has(event.id));
    for (const event of events) reached.add(event.id);
    return [...Map.groupBy(events, (event) => `${event.commandId} ${event.stream}`).values()].map((all) => {
      const decided = { commandId: all[0]?.commandId ?? '', events: all as [LoggedEvent, ...LoggedEvent[]] };
      const messages = logs.messages.filter((message) => all.some((event) => event.id === message.causationId));
      return { ...decided, command: commandOf(decided), messages };
    });
  };
};

/** Messages of the same type, heard by the same group, and what came of them. */
const hearings = (
  messages: readonly LoggedMessage[],
  causedBy: (message: LoggedMessage) => readonly Decision[],
): ReadonlyMap<Trigger, readonly Decision[]> => {
  const hearings = new Map<Trigger, Decision[]>();
  const known = new Map<string, Trigger>();
  for (const message of messages) {
    for (const decision of causedBy(message)) {
      const group = listenerOf(message, decision);
      const key = `${message.type} ${group}`;
      const trigger: Trigger = known.get(key) ?? { by: 'message', type: message.type, topic: message.topic, group };
      known.set(key, trigger);
      hearings.set(trigger, [...(hearings.get(trigger) ?? []), decision]);
    }
  }
  return hearings;
};

/** The one group of the deciding service that follows the topic; that it has come so far is asked at the end. */
const listenerOf = ({ type, groups: all }: LoggedMessage, { events: [event] }: Decision): string => {
  const groups = all.filter((group) => group.startsWith(`${event.service}.`));
  if (groups.length !== 1 || groups[0] === undefined)
    throw new Error(`${event.type} of ${event.stream} was caused by ${type}, which ${event.service} heard by ${groups.length} groups`);
  return groups[0];
};
