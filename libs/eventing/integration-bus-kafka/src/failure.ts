import { KafkaJSError } from 'kafkajs';

/** What the driver counted as passing by itself when it gave up is still what passes by itself. */
const causeOf = (error: unknown): unknown => (error instanceof KafkaJSError && error.cause instanceof Error ? causeOf(error.cause) : error);

/** Whether the same work may succeed when tried again: no connection, an election, a coordinator that moves, a wait that was too short. */
export const isTransientKafka = (error: unknown): boolean => {
  const cause = causeOf(error);
  return (
    cause instanceof KafkaJSError && (cause.retriable || givenUp.has(cause.name) || givenUp.has(error instanceof Error ? error.name : ''))
  );
};

/** No broker answered what was asked, or none knows of it yet. */
export class NoAnswer extends KafkaJSError {}

/** Where no broker answered, the driver goes on with the answer that it did not get and stumbles over it. */
export const whatItMeant = (error: unknown): unknown => {
  const cause = causeOf(error);
  return cause instanceof TypeError ? new NoAnswer(`no broker answered what was asked (${cause.message})`) : error;
};

const givenUp = new Set(['KafkaJSNumberOfRetriesExceeded', 'KafkaJSTimeout', 'KafkaJSLockTimeout', 'KafkaJSGroupCoordinatorNotFound']);

/** The rest of a sentence that begins with the cluster's name: what it met, and where to look. */
export const whyUnreachable = (error: unknown): string => {
  const cause = causeOf(error);
  const said = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof KafkaJSError && cause.name === 'KafkaJSSASLAuthenticationError')
    return `does not let us in: ${said}. Check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.`;
  return `cannot be reached: ${said}. Check the addresses, KAFKA_TLS and whether it runs.`;
};
