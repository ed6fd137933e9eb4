import { Module, type DynamicModule, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { channelEventsController } from './consumes/channel-events.controller';
import type { ChannelDirectory } from './open-channels';
import { shopPushesController, warehousePushesController } from './pushes/pushes.controllers';

/** Whose news a service takes: of each there is a route. */
export type PushesFrom = 'warehouses' | 'shops';

export type ChannelDirectoryModuleOptions = {
  readonly service: string;
  readonly channels: ChannelDirectory;
  readonly pushesFrom: readonly PushesFrom[];
  /** True in processes that hear messages and run jobs. */
  readonly worker: boolean;
};

/** A service that has learned a new kind of job schedules it for the channels that it has known for long. */
const catchingUp = ({ known, follow }: ChannelDirectory): OnApplicationBootstrap => ({
  onApplicationBootstrap: async () => {
    for (const place of await known.warehouses(null)) await follow({ side: 'warehouse', place });
    for (const place of await known.shops(null)) await follow({ side: 'shop', place });
  },
});

/** Hears tenancy's channels, keeps their jobs in step, and takes their pushes. Import it once per service. */
@Module({})
export class ChannelDirectoryModule {
  static forService({ service, channels, pushesFrom, worker }: ChannelDirectoryModuleOptions): DynamicModule {
    const pushes: readonly Type<unknown>[] = [
      ...(pushesFrom.includes('warehouses') ? [warehousePushesController(service, channels)] : []),
      ...(pushesFrom.includes('shops') ? [shopPushesController(service, channels)] : []),
    ];
    return {
      module: ChannelDirectoryModule,
      controllers: [channelEventsController(service, channels), ...pushes],
      providers: worker ? [{ provide: Symbol('catching up with channels'), useValue: catchingUp(channels) }] : [],
    };
  }
}
