import type { RecordedEvent } from '@stockproof/event-store';
import { maxMessageBytes, messageBytes, type IntegrationMessage } from '@stockproof/integration-bus';
import { derivedId } from '@stockproof/vocabulary';
import type { Fact, Publication } from './publication';
import { sequenceOf } from './source';

/** Id of the n-th message of an event, from 0: the same however often it is published. */
export const messageId = (eventId: string, ordinal: number): string => derivedId(eventId, ordinal);

/** What others are told of an event, as CloudEvents of this source. Pure: published again, it is the same bytes. */
export const messagesOf = (publication: Publication, source: string, event: RecordedEvent): readonly IntegrationMessage[] =>
  publication.handles.includes(event.type) ? publication.facts(event).map((fact, ordinal) => messageOf(source, event, fact, ordinal)) : [];

const messageOf = (source: string, event: RecordedEvent, fact: Fact, ordinal: number): IntegrationMessage => {
  const { accountId, organizationId, correlationId, traceparent } = event.meta;
  const orderingKey = fact.orderingKey ?? `${accountId ?? organizationId}/${fact.subject}`;
  return {
    id: messageId(event.id, ordinal),
    type: fact.type,
    source,
    subject: fact.subject,
    time: event.recordedAt,
    topic: fact.topic,
    partitionKey: fact.partitionKey ?? orderingKey,
    orderingKey,
    organizationId,
    accountId,
    sequence: sequenceOf(source, event.revision),
    sourcePosition: event.position,
    ordinal,
    correlationId,
    // What led to the message is the event itself.
    causationId: event.id,
    ...(traceparent === undefined ? {} : { traceparent }),
    data: fact.data,
  };
};

/** Messages in pieces that one publish takes: the next is sent only when the one before is kept, so that nobody hears a later one alone. */
export const inPieces = (
  messages: readonly IntegrationMessage[],
  mostBytes = maxMessageBytes,
  mostMessages = 500,
): readonly (readonly IntegrationMessage[])[] => {
  const pieces: IntegrationMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = messageBytes(message);
    const piece = pieces.at(-1);
    if (!piece || bytes + size > mostBytes || piece.length === mostMessages) {
      pieces.push([message]);
      bytes = size;
    } else {
      piece.push(message);
      bytes += size;
    }
  }
  return pieces;
};
