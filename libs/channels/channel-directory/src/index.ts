export {
  ChannelNotUsable,
  type Channels,
  type FactTaken,
  type JobResult,
  type JobRun,
  type ShopJob,
  type ShopPlace,
  type WarehouseJob,
  type WarehousePlace,
} from './channels';
export { ChannelDirectoryModule, type PushesFrom } from './channel-directory.module';
export { channelDirectoryMigrations } from './migrations';
export { openChannels, type ChannelDirectory } from './open-channels';
