export type { ChannelRefusal, Effect, HandOver, TakeBack, Unanswered } from './effect';
export { ChannelUnavailable, type Cursor, type Page, type Unreadable } from './page';
export type { ChannelProduct, ChannelVariant } from './product';
export type { ParsedPush, PushHeaders } from './push';
export type { ChannelSetUp, Connection, SetUpProblem } from './set-up';
