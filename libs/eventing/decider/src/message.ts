/** What survives a round trip through JSON. A `Date` or a `bigint` does not, so neither may be written to a stream. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A fact. Named in the past tense, never changed once written. */
export type Event<Type extends string, Data extends JsonObject> = { readonly type: Type; readonly data: Data };

/** A request. Named in the imperative; may be refused. Carries the time and the ids it needs, so that deciding stays pure. */
export type Command<Type extends string, Data extends JsonObject> = { readonly type: Type; readonly data: Data };

/** Why a command was refused. A value, not an exception: refusing is ordinary. */
export type Rejection<Type extends string, Details extends JsonObject = Record<never, never>> = { readonly type: Type } & Details;

export type AnyEvent = Event<string, JsonObject>;
export type AnyCommand = Command<string, JsonObject>;
export type AnyRejection = { readonly type: string };
