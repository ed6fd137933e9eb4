import type { Sealed } from '../sales-order/sales-order.events';
import type { IncomingOrderEvent, Problem } from './incoming-order.events';

/** `received`: kept, and nobody has looked at it yet. */
export type IncomingOrderState = 'received' | 'waiting' | 'taken' | 'recorded' | 'ignored';

export type IncomingOrder = {
  orderId: string | null;
  channelId: string | null;
  /** `null`: it could not be read. */
  orderNumber: string | null;
  state: IncomingOrderState;
  /** Of what the channel said last; a person's correction does not count. */
  digest: string;
  /** What holds: as received, or as a person corrected it. */
  content: Sealed | null;
  /** Counts how often there was something new to look at. */
  round: number;
  problems: readonly Problem[];
};

export const noIncomingOrder = (): IncomingOrder => ({
  orderId: null,
  channelId: null,
  orderNumber: null,
  state: 'received',
  digest: '',
  content: null,
  round: 0,
  problems: [],
});

export const evolve = (order: IncomingOrder, { type, data }: IncomingOrderEvent): IncomingOrder => {
  switch (type) {
    case 'IncomingOrderReceived': {
      const { orderId, channelId, orderNumber, digest, content } = data;
      // What a person does not want stays unwanted, whatever the channel says of it; what it says is kept.
      const state = order.state === 'ignored' ? 'ignored' : 'received';
      return Object.assign(order, { orderId, channelId, orderNumber, digest, content, state, round: order.round + 1 });
    }
    case 'IncomingOrderCorrected':
      return Object.assign(order, { content: data.content, state: 'received', round: order.round + 1 });
    case 'IncomingOrderTriedAgain':
      return Object.assign(order, { state: 'received', round: order.round + 1 });
    case 'IncomingOrderFoundWanting':
      return Object.assign(order, { state: 'waiting', problems: data.problems });
    case 'IncomingOrderTaken':
      return Object.assign(order, { state: 'taken', problems: [] });
    case 'IncomingOrderRecorded':
      return Object.assign(order, { state: 'recorded', problems: [] });
    case 'IncomingOrderIgnored':
      return Object.assign(order, { state: 'ignored' });
  }
};
