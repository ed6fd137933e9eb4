import type { AccountId, Instant, OrganizationId } from '@stockproof/vocabulary';

/** Who asks, in whose name, and because of what. Ends up in every event's metadata. */
export type CommandContext = {
  /** The same id never has a second effect on a stream. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** `user:<id>`, `key:<id>`, or `service:<name>`. */
  readonly actor: string;
  readonly organizationId: OrganizationId;
  readonly accountId: AccountId | null;
  readonly traceparent?: string;
  /**
   * Set for what comes by HTTP: when the client first asked. Beyond the memory of streams (72 h) a repeat could have a second
   * effect, so it is refused. What comes from a message carries none and is never refused for its age.
   */
  readonly issuedAt?: Instant;
};
