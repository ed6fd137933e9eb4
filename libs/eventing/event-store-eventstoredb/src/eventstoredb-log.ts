import { EventStoreDBClient } from '@eventstore/db-client';

/** Where a service's log lies in an EventStoreDB server. */
export type EventStoreDbOptions = {
  /** `esdb://…` connection string. */
  readonly url: string;
  /** What the names of all streams of this log begin with: `stock.`. Everything else in the server is other people's. */
  readonly streamPrefix: string;
  /** Put before the names of all streams, so that several installations share a server. Default: nothing. */
  readonly namespace?: string;
  /** How long an append may stay unanswered until its outcome counts as unknown, in milliseconds. Default 10,000. */
  readonly answerWithinMs?: number;
  readonly log?: { readonly warn: (details: object, message: string) => void };
};

/** One log in the server: its client, and how its streams are called there. */
export type EventStoreDbLog = {
  readonly client: EventStoreDBClient;
  /** What the names of the log's streams begin with in the server. */
  readonly prefix: string;
  /** The stream that says which log this is; not part of the log itself. */
  readonly identityStream: string;
  readonly nameThere: (stream: string) => string;
  readonly nameHere: (stream: string) => string;
  readonly warn: (details: object, message: string) => void;
};

export const eventStoreDbLog = ({ url, streamPrefix, namespace = '', log }: EventStoreDbOptions): EventStoreDbLog => ({
  client: EventStoreDBClient.connectionString(url),
  prefix: namespace + streamPrefix,
  identityStream: `stockproofLog-${namespace}${streamPrefix}`,
  nameThere: (stream) => namespace + stream,
  nameHere: (stream) => stream.slice(namespace.length),
  warn: (details, message) => log?.warn(details, message),
});
