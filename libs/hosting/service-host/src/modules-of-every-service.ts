import type { DynamicModule } from '@nestjs/common';
import { AccessModule } from '@stockproof/access';
import { AccountJobsModule } from '@stockproof/account-jobs';
import { ChannelDirectoryModule, type ChannelDirectory, type PushesFrom } from '@stockproof/channel-directory';
import { EventFeedModule } from '@stockproof/event-feed';
import type { EventStore } from '@stockproof/event-store';
import { HearsayModule, type Heard } from '@stockproof/hearsay';
import { IdempotencyModule } from '@stockproof/idempotency';
import type { IntegrationBus } from '@stockproof/integration-bus';
import type { Jobs } from '@stockproof/jobs';
import { ParkedKeysModule } from '@stockproof/parked-keys';
import type { Publication } from '@stockproof/publishing';
import type { ServiceDatabases } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { Log } from './service-definition';

export type EveryServiceOptions = {
  readonly service: string;
  readonly masterKey: string;
  readonly databases: ServiceDatabases;
  readonly store: EventStore;
  readonly publication: Publication;
  readonly bus: IntegrationBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly worker: boolean;
  readonly jobs: Jobs;
  readonly channels: ChannelDirectory;
  readonly pushesFrom: readonly PushesFrom[] | undefined;
  readonly heard: Heard;
};

/** What stands before the controllers of every service, and the routes that every service has; the document is made with the same. */
export const modulesOfEveryService = ({
  service,
  masterKey,
  databases,
  store,
  publication,
  bus,
  clock,
  log,
  worker,
  jobs,
  channels,
  pushesFrom = [],
  heard,
}: EveryServiceOptions): readonly DynamicModule[] => [
  AccessModule.forService({ service, databases, bus, clock, log, worker }),
  IdempotencyModule.forService({ databases, secret: masterKey, clock, log }),
  HearsayModule.forService({ heard, clock }),
  ParkedKeysModule.forService({ service, databases }),
  EventFeedModule.forService({ service, databases, store, publication }),
  AccountJobsModule.forService({ service, jobs }),
  ChannelDirectoryModule.forService({ service, channels, pushesFrom, worker }),
];
