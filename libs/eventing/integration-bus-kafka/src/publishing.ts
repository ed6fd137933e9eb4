import type { Kafka, TopicMessages } from 'kafkajs';
import { checkSizes, messageBytes, partitionOf, type IntegrationMessage } from '@stockproof/integration-bus';
import { gathered, inTurn, upTo } from '@stockproof/sql';
import { recordOf } from './cloud-events';
import { senderOver } from './sender';
import type { Topics } from './topics';

type Sized = { readonly message: IntegrationMessage; readonly partition: number; readonly bytes: number };

/** One send is at most one batch per partition, and a broker takes batches up to a mebibyte. */
const mostBytes = 900_000;
const mostMessages = 2_000;

/** Publishes of one client go in the order they were called: one send at a time, with as many as are waiting. */
export const publishing = (kafka: Kafka, topics: Topics) => {
  const sender = senderOver(kafka);
  const send = async (piece: readonly Sized[]): Promise<void> => {
    try {
      await sender.send(byTopic(piece));
    } catch (error) {
      topics.forget();
      throw error;
    }
  };
  const queue = gathered({
    run: async (calls: readonly (readonly Sized[])[]) => {
      for (const piece of inPieces(calls.flat())) await send(piece);
      return calls.map(() => undefined);
    },
    fits: upTo(1, (call: readonly Sized[]) => Math.max(call.length / mostMessages, bytesOf(call) / mostBytes)),
    // Tried alone after a failure, a later call could be kept where an earlier one was not.
    repeatable: false,
  });
  const place = async (messages: readonly IntegrationMessage[]): Promise<readonly Sized[]> => {
    const partitions = await topics.partitionsOf(messages.map(({ topic }) => topic));
    return messages.map((message, index) => ({
      message,
      partition: partitionOf(message.partitionKey, partitions[index] as number),
      bytes: messageBytes(message),
    }));
  };
  // Looking up a topic takes time: a later call could overtake an earlier one.
  const enter = inTurn(place, queue.add);
  return {
    publish: async (messages: readonly IntegrationMessage[]): Promise<void> => {
      if (messages.length === 0) return;
      checkSizes(messages);
      await enter(messages);
    },
    close: async () => {
      await queue.idle();
      await sender.close();
    },
  };
};

const bytesOf = (messages: readonly Sized[]): number => messages.reduce((sum, { bytes }) => sum + bytes, 0);

const inPieces = (messages: readonly Sized[]): readonly (readonly Sized[])[] => {
  const pieces: Sized[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const piece = pieces.at(-1);
    bytes += message.bytes;
    if (piece && piece.length < mostMessages && bytes <= mostBytes) {
      piece.push(message);
    } else {
      pieces.push([message]);
      bytes = message.bytes;
    }
  }
  return pieces;
};

const byTopic = (piece: readonly Sized[]): TopicMessages[] =>
  [...Map.groupBy(piece, ({ message }) => message.topic)].map(([topic, of]) => ({
    topic,
    messages: of.map(({ message, partition }) => recordOf(message, partition)),
  }));
