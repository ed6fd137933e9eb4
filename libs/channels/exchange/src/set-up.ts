import type { JsonObject } from '@stockproof/decider';

/** What a channel was set up with: `credentials` are secrets, `settings` are not. Each connector says which fields it reads. */
export type ChannelSetUp = { readonly settings: JsonObject; readonly credentials: JsonObject };

export type SetUpProblem = { readonly field: string; readonly message: string };

/** Connecting opens nothing; it names everything that is wrong with the set-up at once. */
export type Connection<Channel> =
  | { readonly outcome: 'connected'; readonly channel: Channel }
  | { readonly outcome: 'misconfigured'; readonly problems: readonly SetUpProblem[] };
