import { Server, ServerCredentials, status, type handleBidiStreamingCall, type UntypedServiceImplementation } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import type streams from '@eventstore/db-client/generated/streams_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { batchAnswer, eventAnswer, expectedOf, nameIn, notFoundAnswer, proposedEvent } from './messages';
import { eventsRead } from './reads';
import { storedLog, type StoredLog } from './stored-log';
import { follow, type Oddities, type ReadCall } from './subscriptions';

export type EventStoreDbStandIn = {
  /** `esdb://…`, for the unmodified client. */
  readonly url: string;
  readonly port: number;
  /** Appends that came by the batched path; it offers no other. */
  readonly batchAppends: () => number;
  /** Change them while it runs. */
  readonly oddities: Oddities;
  /** Ends every subscription with an error, as a server does that fails over. */
  readonly dropSubscriptions: () => void;
  readonly close: () => void;
};

/** How the stand-in names itself, so that nobody takes its word for a server's. */
export const standInVersion = '24.6.0-stand-in';

/**
 * A stand-in for an EventStoreDB server where none can be had: the published protocol, served with the stubs that the client is made
 * of, over a log in memory. For tests only: it keeps nothing, knows no users and no cluster.
 */
export const startStandIn = async (port = 0): Promise<EventStoreDbStandIn> => {
  const log = storedLog();
  const oddities: Oddities = { checkpointBeyondEnd: false, appendAnswersLateMs: 0 };
  const following = new Set<() => void>();
  let batchAppends = 0;
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(StreamsService as never, {
    ...refusedMethods(),
    read: (call: ReadCall) => {
      if (call.request.getOptions()?.hasSubscription()) {
        const drop = follow(log, call, oddities);
        following.add(drop);
        call.on('cancelled', () => following.delete(drop));
      } else answerRead(log, call);
    },
    batchAppend: batchAppend(log, oddities, () => (batchAppends += 1)),
  });
  server.addService(ServerFeaturesService as never, { getSupportedMethods: answerFeatures });
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) => (error ? reject(error) : resolve(at))),
  );
  return {
    url: `esdb://127.0.0.1:${bound}?tls=false`,
    port: bound,
    batchAppends: () => batchAppends,
    oddities,
    dropSubscriptions: () => {
      for (const drop of following) drop();
      following.clear();
    },
    close: () => server.forceShutdown(),
  };
};

const answerRead = (log: StoredLog, call: ReadCall): void => {
  const options = call.request.getOptions();
  const events = options ? eventsRead(log, options) : [];
  if (events === null) call.write(notFoundAnswer(nameIn(options?.getStream()?.getStreamIdentifier())));
  for (const event of events ?? []) call.write(eventAnswer(event));
  call.end();
};

/** An append may come in several messages; the last one closes it. */
const batchAppend = (
  log: StoredLog,
  oddities: Oddities,
  count: () => void,
): handleBidiStreamingCall<streams.BatchAppendReq, streams.BatchAppendResp> => {
  return (call) => {
    const open = new Map<
      string,
      { readonly options: streams.BatchAppendReq.Options; readonly messages: streams.BatchAppendReq.ProposedMessage[] }
    >();
    call.on('data', (request: streams.BatchAppendReq) => {
      const correlation = request.getCorrelationId()?.getString() ?? '';
      const options = request.getOptions();
      const append = open.get(correlation) ?? (options ? { options, messages: [] } : undefined);
      if (!append) return;
      open.set(correlation, append);
      append.messages.push(...request.getProposedMessagesList());
      if (!request.getIsFinal()) return;
      open.delete(correlation);
      count();
      const stream = nameIn(append.options.getStreamIdentifier());
      const written = log.append(stream, expectedOf(append.options), append.messages.map(proposedEvent));
      const answer = () => void call.write(batchAnswer(request, stream, written));
      if (oddities.appendAnswersLateMs > 0) setTimeout(answer, oddities.appendAnswersLateMs).unref();
      else answer();
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
};

const answerFeatures = (_: unknown, answer: (error: null, supported: features.SupportedMethods) => void): void => {
  const batch = new features.SupportedMethod().setServiceName('event_store.client.streams.Streams').setMethodName('batchappend');
  answer(null, new features.SupportedMethods().setEventStoreServerVersion(standInVersion).setMethodsList([batch]));
};

/** What no adapter of ours may need. */
const refusedMethods = (): UntypedServiceImplementation =>
  Object.fromEntries(
    Object.keys(StreamsService as object).map((method) => [
      method,
      (call: { emit: (event: string, error: Error) => void }, answer?: (error: Error) => void) => {
        const error = Object.assign(new Error(`the stand-in does not offer ${method}`), { code: status.UNIMPLEMENTED });
        if (typeof answer === 'function') answer(error);
        else call.emit('error', error);
      },
    ]),
  );
