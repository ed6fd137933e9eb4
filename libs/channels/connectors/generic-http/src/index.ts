export { genericHttp } from './generic-http';
export {
  openOutboundHttp,
  type OutboundAnswer,
  type OutboundHttp,
  type OutboundOptions,
  type OutboundRequest,
} from './outbound/outbound-http';
