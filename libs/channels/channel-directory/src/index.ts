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
