import { heardTopics, parkedStandings, type ParkedStanding } from '@stockproof/bus-transport';
import type { PartitionLag } from '@stockproof/integration-bus';
import { jobsByKind, type JobsOfKind } from '@stockproof/jobs';
import { viewStandings, type ViewStanding } from '@stockproof/projections';
import { publisherStanding, type PublisherStanding } from '@stockproof/publishing';
import { projectionsOf, systemClock, type ServiceName } from '@stockproof/service-host';
import { msBetween } from '@stockproof/vocabulary';
import { behindIn, type Behind } from './behind';
import type { OperatedService } from './operated-service';

export type { Behind } from './behind';
export type ViewLag = ViewStanding & { readonly behind: Behind };
export type PublisherLag = PublisherStanding & { readonly behind: Behind };
/** How far a group is behind on a topic, all partitions together. */
export type ConsumerLag = { readonly group: string; readonly topic: string; readonly messages: number; readonly seconds: number };

/** How far everything of a service is behind, as its tables and the bus tell, whether a process of it runs or not. */
export type ServiceLag = {
  readonly service: ServiceName;
  readonly head: string;
  readonly views: readonly ViewLag[];
  readonly publisher: PublisherLag;
  readonly consumers: readonly ConsumerLag[];
  readonly parked: readonly ParkedStanding[];
  readonly jobs: readonly JobsOfKind[];
};

/** Reads how far a service is. Nothing is moved. */
export const readLag = async (operated: OperatedService): Promise<ServiceLag> => {
  const { definition, engines } = operated;
  const { databases, store } = engines;
  const { position: head } = await store.head();
  return {
    service: definition.name,
    head,
    views: await viewsBehind(operated),
    publisher: await publisherBehind(operated),
    consumers: await consumersBehind(operated),
    parked: await parkedStandings(databases.worker),
    jobs: await jobsByKind(databases.worker),
  };
};

/** Views that stand at the same place are as far behind as each other: the log is counted once for them. */
const viewsBehind = async ({ definition, engines: { databases, store } }: OperatedService): Promise<readonly ViewLag[]> => {
  const counted = new Map<string, Behind>();
  const views: ViewLag[] = [];
  for (const view of await viewStandings(databases.worker, definition.name, projectionsOf(definition))) {
    const behind = counted.get(view.position) ?? (await behindIn(store, view.position));
    counted.set(view.position, behind);
    views.push({ ...view, behind });
  }
  return views;
};

/** Its row need not move over what nobody is told of, so only the others count. */
const publisherBehind = async ({ definition, engines: { databases, store } }: OperatedService): Promise<PublisherLag> => {
  const standing = await publisherStanding(databases.worker);
  const { publication } = definition;
  const told = await behindIn(
    store,
    standing.position,
    (event) => publication.handles.includes(event.type) && publication.facts(event).length > 0,
  );
  return { ...standing, behind: told };
};

const consumersBehind = async ({ engines: { databases, bus } }: OperatedService): Promise<readonly ConsumerLag[]> => {
  const lags: ConsumerLag[] = [];
  for (const [group, heard] of Map.groupBy(await heardTopics(databases.worker), (each) => each.group)) {
    const partitions = await bus.lag(
      group,
      heard.map(({ topic }) => topic),
    );
    for (const { topic } of heard) lags.push({ group, topic, ...sumOf(partitions.filter((each) => each.topic === topic)) });
  }
  return lags;
};

const sumOf = (partitions: readonly PartitionLag[]): Pick<ConsumerLag, 'messages' | 'seconds'> => {
  const now = systemClock.now();
  return {
    messages: partitions.reduce((sum, { behind }) => sum + behind, 0),
    seconds: Math.max(0, ...partitions.map(({ oldestUnread }) => (oldestUnread === null ? 0 : msBetween(oldestUnread, now) / 1_000))),
  };
};
