import { startOfLog, type Position } from '@stockproof/event-store';
import { messagesOf, publisherStanding } from '@stockproof/publishing';
import type { ServiceName } from '@stockproof/service-host';
import { publisherOf, type OperatedService } from './operated-service';

/** What setting a publisher back leads to: how many messages each topic gets once more. */
export type ToldAgain = { readonly service: ServiceName; readonly topics: Readonly<Record<string, number>>; readonly messages: number };

const atOnce = 1_000;

/** Counts the messages behind a position. `null`: the log has no event there. */
export const toldAgain = async (operated: OperatedService, from: Position, signal: AbortSignal): Promise<ToldAgain | null> => {
  const { definition, engines } = operated;
  const { store } = engines;
  if (from !== startOfLog && (await store.eventAt(from)) === null) return null;
  const topics: Record<string, number> = Object.fromEntries(definition.topics.map((topic) => [topic, 0]));
  let messages = 0;
  for (let after = from; ;) {
    signal.throwIfAborted();
    const { events, scannedTo } = await store.readAll(after, atOnce);
    if (events.length === 0) return { service: definition.name, topics, messages };
    for (const { topic } of events.flatMap((event) => messagesOf(definition.publication, '', event))) {
      topics[topic] = (topics[topic] ?? 0) + 1;
      messages += 1;
    }
    after = scannedTo;
  }
};

/**
 * Sets the service's publisher back, whoever publishes now: that process loses its lease, takes it again and goes on from there. Answers
 * how to ask how far it has come.
 */
export const tellAgain = async (
  operated: OperatedService,
  from: Position,
): Promise<() => Promise<{ readonly position: Position; readonly target: Position; readonly held: boolean }>> => {
  const { databases } = operated.engines;
  const { position: target } = await publisherStanding(databases.worker);
  await publisherOf(operated).setBack(from);
  return async () => {
    const { position, held } = await publisherStanding(databases.worker);
    return { position, target, held };
  };
};
