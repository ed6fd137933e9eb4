import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { IntegrationBus } from '@stockproof/integration-bus';
import type { ServiceDatabases } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { AccessGuard } from './access.guard';
import { accessEventsController } from './consumes/access-events.controller';
import { FeedWatch } from './feed-watch';
import { KeyUses } from './key-uses';
import { postgresDirectory } from './postgres-directory';
import { rememberingDirectory } from './remembering-directory';

export type AccessOptions = {
  readonly service: string;
  readonly databases: Pick<ServiceDatabases, 'writer' | 'worker'>;
  readonly bus: Pick<IntegrationBus, 'lag'>;
  readonly clock: Clock;
  readonly log: { readonly warn: (details: object, message: string) => void };
  /** True in processes that consume messages: they note how far the access topic was read. */
  readonly worker: boolean;
  /** Older knowledge is refused rather than trusted. Default 30 s. */
  readonly staleAfterMs?: number;
  /** How long something unknown is waited for. Default 1 s. */
  readonly unknownWaitMs?: number;
  /** How old a remembered answer may be: with the way of the event, what is revoked must be refused within 2 s. Default 1 s. */
  readonly rememberMs?: number;
};

/** Access for all controllers of a service: its guard, the directory behind it, and the consumer that feeds it. Import it once. */
@Module({})
export class AccessModule {
  static forService({
    service,
    databases,
    bus,
    clock,
    log,
    worker,
    staleAfterMs = 30_000,
    unknownWaitMs = 1_000,
    rememberMs = 1_000,
  }: AccessOptions): DynamicModule {
    const stored = postgresDirectory(databases.writer);
    const directory = rememberingDirectory(stored, rememberMs);
    const guard = new AccessGuard({ directory, clock, staleAfterMs, unknownWaitMs, keyUses: new KeyUses(stored, clock, log) });
    const watch = { provide: FeedWatch, useValue: new FeedWatch({ service, bus, worker: databases.worker, clock, everyMs: 1_000, log }) };
    return {
      module: AccessModule,
      controllers: [accessEventsController(service)],
      providers: [{ provide: APP_GUARD, useValue: guard }, ...(worker ? [watch] : [])],
    };
  }
}
