import type { IntegrationMessage } from './integration-bus';

/** The largest message, as JSON text in bytes, that every bus takes (Kafka's own default is the tightest). */
export const maxMessageBytes = 1_000_000;

/** Size of a message as JSON text in bytes. */
export const messageBytes = (message: IntegrationMessage): number => Buffer.byteLength(JSON.stringify(message));

/** Thrown by `publish` for a message that no bus would take; nothing of the call was published. */
export class MessageTooLarge extends Error {
  constructor(
    readonly messageId: string,
    readonly bytes: number,
  ) {
    super(`message ${messageId} has ${bytes} bytes, more than the ${maxMessageBytes} that a bus takes`);
  }
}

/** Throws `MessageTooLarge` for the first message that is. */
export const checkSizes = (messages: readonly IntegrationMessage[]): void => {
  for (const message of messages) {
    const bytes = messageBytes(message);
    if (bytes > maxMessageBytes) throw new MessageTooLarge(message.id, bytes);
  }
};
