import type { BatchContext, IntegrationBus, IntegrationMessage, PartitionBatch, SubscribeOptions } from './integration-bus';
import { eventually } from './eventually';
import { someMessage } from './some-message';

/** What the cases of the suite share: a client, fresh names, and recording subscribers. */
export type SuiteBus = {
  readonly bus: () => IntegrationBus;
  readonly another: () => Promise<IntegrationBus>;
  readonly takeAway: (group: string, topic: string, partition: number) => Promise<void>;
  readonly freshTopic: (partitions?: number) => Promise<string>;
  readonly freshGroup: () => string;
};

export type Recorder = {
  readonly batches: readonly PartitionBatch[];
  readonly ids: () => readonly string[];
  readonly idsOf: (orderingKey: string) => readonly string[];
  readonly subscription: { readonly stop: () => Promise<void> };
};

type Handling = (batch: PartitionBatch, context: BatchContext) => Promise<void> | void;

/** Subscribes and keeps what was handled without an error. */
export const record = async (
  bus: IntegrationBus,
  options: Omit<SubscribeOptions, 'onBatch'>,
  handling: Handling = () => undefined,
): Promise<Recorder> => {
  const batches: PartitionBatch[] = [];
  const subscription = await bus.subscribe({
    ...options,
    onBatch: async (batch, context) => {
      await handling(batch, context);
      batches.push(batch);
    },
  });
  const messages = () => batches.flatMap((batch) => batch.messages);
  return {
    batches,
    subscription,
    ids: () => messages().map((message) => message.id),
    idsOf: (orderingKey) => messages().flatMap((message) => (message.orderingKey === orderingKey ? [message.id] : [])),
  };
};

/** Messages 1 to n of one aggregate. */
export const story = (topic: string, aggregate: string, n: number): readonly IntegrationMessage[] =>
  Array.from({ length: n }, (_, index) => someMessage(topic, aggregate, index + 1));

export const idsIn = (messages: readonly { readonly id: string }[]): readonly string[] => messages.map((message) => message.id);

/** Waits until a recorder has exactly these ids, in any order of partitions. */
export const heard = (recorder: Recorder, messages: readonly IntegrationMessage[]): Promise<void> =>
  eventually(() => expect([...recorder.ids()].sort()).toEqual([...idsIn(messages)].sort()));
