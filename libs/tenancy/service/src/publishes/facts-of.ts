import type { JsonObject } from '@stockproof/decider';
import type { Fact } from '@stockproof/publishing';

type Contract<Data extends JsonObject> = {
  readonly type: string;
  readonly topic: string;
  readonly schema: { readonly parse: (data: unknown) => Data };
};

/** A fact under its contract; data that break the contract never leave. */
export const fact = <Data extends JsonObject>(contract: Contract<Data>, data: Data, subject: string, orderingKey: string): Fact => ({
  type: contract.type,
  topic: contract.topic,
  subject,
  orderingKey,
  data: contract.schema.parse(data),
});
