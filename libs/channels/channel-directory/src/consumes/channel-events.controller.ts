import { Controller, type Type } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { PoisonMessage, type MessageBatch } from '@stockproof/bus-transport';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { Statement } from '@stockproof/sql';
import { accountEventsTopic } from '@stockproof/tenancy-contracts';
import { heardChannel, rowOf, type HeardChannel } from '../heard-channels';
import type { ChannelDirectory } from '../open-channels';

/** A class of its own for each service: several of them share a process, each in its own group. */
export const channelEventsController = (service: string, { follow }: Pick<ChannelDirectory, 'follow'>): Type<object> => {
  @Controller()
  class ChannelEventsController {
    @EventPattern(accountEventsTopic, { group: `${service}.channels` })
    async onAccountEvents(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
      const rows: Statement[] = [];
      for (const message of messages) {
        const heard = understood(message);
        if (heard === null) continue;
        await follow(heard);
        rows.push(rowOf(heard, message));
      }
      return rows;
    }
  }
  return ChannelEventsController;
};

const understood = (message: DeliveredMessage): HeardChannel | null => {
  try {
    return heardChannel(message);
  } catch (error) {
    throw new PoisonMessage(message, error instanceof Error ? error.message : String(error));
  }
};
