export type PushHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * `untrusted`: signature missing, wrong or too old – answer 401 and keep nothing. `unreadable`: the sender is known, but what
 * it says cannot be read – keep it and show it. `pushId` is the sender's name of this push, the same when it is repeated.
 */
export type ParsedPush<Fact> =
  | { readonly outcome: 'verified'; readonly pushId: string; readonly facts: readonly Fact[] }
  | { readonly outcome: 'untrusted'; readonly reason: string }
  | { readonly outcome: 'unreadable'; readonly pushId: string; readonly reason: string };
