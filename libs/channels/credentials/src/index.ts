export { channelCredentials, type ChannelCredentials } from './channel-credentials';
