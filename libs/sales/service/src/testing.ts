export { FollowedOrder } from './testing/followed-order';
