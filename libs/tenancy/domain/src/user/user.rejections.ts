import type { Rejection } from '@stockproof/decider';

export type UserAlreadyRegistered = Rejection<'UserAlreadyRegistered'>;
export type UserNotRegistered = Rejection<'UserNotRegistered'>;
/** The person's key is gone: nothing about them can be kept any more. */
export type UserForgotten = Rejection<'UserForgotten'>;
/** Sealed under somebody else's key: forgetting this person would not reach it. */
export type SealedForAnother = Rejection<'SealedForAnother'>;

export type UserRejection = UserAlreadyRegistered | UserNotRegistered | UserForgotten | SealedForAnother;
