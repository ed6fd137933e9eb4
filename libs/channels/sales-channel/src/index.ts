export type { ChannelAddress, ChannelOrder, ChannelOrderLine, ReceivedOrder, ShopState } from './channel-order';
export type { OrderUpdate, ToldLine, ToldPackage } from './order-update';
export type { PublishedStock } from './published-stock';
export type { SalesCapability, SalesChannel, SalesConnector, ShopFact } from './sales-channel';
