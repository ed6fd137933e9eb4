import type { JsonObject } from '@stockproof/decider';
import type { RecordedEvent } from '@stockproof/event-store';

/** What a service tells others about one of its events. Everything else in the message follows from the event itself. */
export type Fact = {
  /** `stockproof.sales.sales-order-approved.v1` */
  readonly type: string;
  readonly topic: string;
  /** Id of the aggregate as others know it. */
  readonly subject: string;
  /** Default: `<accountId>/<subject>`. */
  readonly orderingKey?: string;
  /** Default: the ordering key. */
  readonly partitionKey?: string;
  readonly data: JsonObject;
};

/** Private events to contracts: pure, so that a replay publishes the same bytes. Events that concern nobody else give none. */
export type Publication = {
  /** Event types it looks at. */
  readonly handles: readonly string[];
  readonly facts: (event: RecordedEvent) => readonly Fact[];
  /**
   * The data as somebody outside of the installation may see them, `null` for nothing of it: services tell each other what nobody else
   * needs, such as hashes of keys and sealed credentials. Default: all.
   */
  readonly outside?: (fact: Pick<Fact, 'type' | 'topic' | 'data'>) => JsonObject | null;
};
