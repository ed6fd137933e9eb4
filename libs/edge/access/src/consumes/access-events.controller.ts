import { Controller, type Type } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { MessageBatch } from '@stockproof/bus-transport';
import type { Statement } from '@stockproof/sql';
import { accessEventsTopic } from '@stockproof/tenancy-contracts';
import { accessRows } from './access-rows';

/** The consumer group in which a service reads what tenancy says about access. */
export const accessGroup = (service: string): string => `${service}.access`;

/** A class of its own for each service: several of them share a process, each in its own group. */
export const accessEventsController = (service: string): Type<object> => {
  @Controller()
  class AccessEventsController {
    @EventPattern(accessEventsTopic, { group: accessGroup(service) })
    onAccessEvents(@Payload() batch: MessageBatch): Promise<readonly Statement[]> {
      return Promise.resolve(accessRows(batch.messages));
    }
  }
  return AccessEventsController;
};
