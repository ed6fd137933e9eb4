import type { DynamicModule } from '@nestjs/common';
import type { Channels, PushesFrom } from '@stockproof/channel-directory';
import type { CommandHandling } from '@stockproof/command-handling';
import type { FulfillmentConnector } from '@stockproof/fulfillment-channel';
import type { SalesConnector } from '@stockproof/sales-channel';
import type { EventStore } from '@stockproof/event-store';
import type { Heard, LooksUp } from '@stockproof/hearsay';
import type { IntegrationBus } from '@stockproof/integration-bus';
import type { Jobs } from '@stockproof/jobs';
import type { Metrics } from '@stockproof/observability';
import type { PersonalData } from '@stockproof/personal-data';
import type { Projection, ViewPositions } from '@stockproof/projections';
import type { Publication } from '@stockproof/publishing';
import type { ServiceDatabases } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';

export type ServiceName = 'tenancy' | 'sales' | 'stock' | 'purchasing' | 'catalog';

export type Log = {
  readonly info: (details: object, message: string) => void;
  readonly warn: (details: object, message: string) => void;
  readonly error: (details: object, message: string) => void;
};

/** What the whole installation shares and nobody outside may know. */
export type Installation = {
  /** 32 bytes as text. Keys for one purpose each are derived from it. */
  readonly masterKey: string;
  /** The first password of the installation administrator. */
  readonly adminPassword: string;
};

/** The kinds of channel that this process can reach, by the name that a channel's set-up carries. */
export type ChannelConnectors = {
  readonly fulfillment: ReadonlyMap<string, FulfillmentConnector>;
  readonly sales: ReadonlyMap<string, SalesConnector>;
};

/** Everything a service is handed when it is built; the engines behind it were chosen elsewhere. */
export type ServiceRuntime = {
  readonly clock: Clock;
  readonly store: EventStore;
  readonly commands: CommandHandling;
  readonly bus: IntegrationBus;
  readonly databases: ServiceDatabases;
  readonly personalData: PersonalData;
  readonly views: ViewPositions;
  readonly heard: Heard;
  readonly jobs: Jobs;
  readonly installation: Installation;
  readonly connectors: ChannelConnectors;
  readonly channels: Channels;
  readonly metrics: Pick<Metrics, 'gauge' | 'counter' | 'histogram'>;
  readonly log: Log;
};

/** One of the five services, as the host runs it: alone in a process or beside the others. */
export type ServiceDefinition = {
  readonly name: ServiceName;
  /** Folder with the context's own SQL migrations, run in the source schema. */
  readonly migrations: string;
  readonly projections: readonly Projection[];
  readonly publication: Publication;
  /** Topics that this service publishes to; the host creates them. */
  readonly topics: readonly string[];
  /** Whose pushes it takes; each has a route. Default: nobody's. */
  readonly pushesFrom?: readonly PushesFrom[];
  /** What it looks up of others, and refuses for. Default: nothing. */
  readonly looksUp?: LooksUp;
  /** Controllers for HTTP and for messages (`@EventPattern`), and the wiring between. */
  readonly module: (runtime: ServiceRuntime) => DynamicModule;
};
