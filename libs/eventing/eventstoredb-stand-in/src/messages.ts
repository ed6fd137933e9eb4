import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty as ProtobufEmpty } from 'google-protobuf/google/protobuf/empty_pb';
import shared from '@eventstore/db-client/generated/shared_pb';
import statusMessages from '@eventstore/db-client/generated/status_pb';
import streams from '@eventstore/db-client/generated/streams_pb';
import type { Expected, ProposedEvent, StoredEvent, Written } from './stored-log';

const identifier = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));

export const nameIn = (named: shared.StreamIdentifier | undefined): string =>
  Buffer.from(named?.getStreamName_asU8() ?? []).toString('utf8');

/** What both ways of appending say of an event alike. */
type Proposed = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;

export const proposedEvent = (message: Proposed): ProposedEvent => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export const expectedOf = (options: streams.BatchAppendReq.Options): Expected => {
  if (options.hasNoStream()) return { is: 'at', revision: -1 };
  if (options.hasAny()) return { is: 'any' };
  return options.hasStreamExists() ? { is: 'exists' } : { is: 'at', revision: Number(options.getStreamPosition()) };
};

/** The answer to one append of a batch. */
export const batchAnswer = (request: streams.BatchAppendReq, stream: string, written: Written): streams.BatchAppendResp => {
  const answer = new streams.BatchAppendResp().setCorrelationId(request.getCorrelationId()).setStreamIdentifier(identifier(stream));
  if (written.is === 'elsewhere') return answer.setError(wrongExpectedVersion(written.revision));
  const place = new shared.AllStreamPosition().setCommitPosition(String(written.position)).setPreparePosition(String(written.position));
  return answer.setSuccess(new streams.BatchAppendResp.Success().setCurrentRevision(String(written.revision)).setPosition(place));
};

const wrongExpectedVersion = (revision: number): statusMessages.Status => {
  const wrong = new shared.WrongExpectedVersion();
  if (revision < 0) wrong.setCurrentNoStream(new ProtobufEmpty());
  else wrong.setCurrentStreamRevision(String(revision));
  const details = new Any();
  details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  return new statusMessages.Status().setCode(9).setMessage('wrong expected version').setDetails(details);
};

export const eventAnswer = (event: StoredEvent): streams.ReadResp => {
  const position = String(event.position);
  const told = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  told.getMetadataMap().set('type', event.type).set('content-type', event.contentType).set('created', String(event.created));
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(told).setCommitPosition(position));
};

export const notFoundAnswer = (stream: string): streams.ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream)));

export const confirmation = (): streams.ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID()));

export const checkpoint = (position: bigint): streams.ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );
