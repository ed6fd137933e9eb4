import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import type {
  CorrectIncomingOrder,
  IgnoreIncomingOrder,
  IncomingOrderCommand,
  ReceiveIncomingOrder,
  RetryIncomingOrder,
  SettleIncomingOrder,
} from './incoming-order.commands';
import type { IncomingOrderEvent } from './incoming-order.events';
import type { IncomingOrderRejection } from './incoming-order.rejections';
import { evolve, noIncomingOrder, type IncomingOrder } from './incoming-order.state';

type IncomingOrderDecision = Decision<IncomingOrderEvent, IncomingOrderRejection>;

/** The same content again says nothing; anything else is kept and looked at. */
const receive = ({ data: { now, unreadable, ...data } }: ReceiveIncomingOrder, order: IncomingOrder): IncomingOrderDecision => {
  if (order.orderId !== null && order.digest === data.digest) return accept();
  const received = { type: 'IncomingOrderReceived', data: { ...data, decidedAt: now } } as const;
  if (unreadable === null) return accept(received);
  const problems = [{ field: '', code: 'unreadable', message: unreadable }];
  return accept(received, {
    type: 'IncomingOrderFoundWanting',
    data: { orderId: data.orderId, round: order.round + 1, problems, missingSkus: [], decidedAt: now },
  });
};

/** Received counts as open too: whoever was to look at it may have died, and a person need not wait for the channel's next word. */
const unlessOpen = ({ orderId, state }: IncomingOrder): IncomingOrderRejection | null => {
  if (orderId === null) return { type: 'IncomingOrderUnknown' };
  return state === 'taken' || state === 'recorded' ? { type: 'IncomingOrderSettled', state } : null;
};

const unlessReadable = (order: IncomingOrder): IncomingOrderRejection | null =>
  unlessOpen(order) ?? (order.orderNumber === null ? { type: 'IncomingOrderUnreadable' } : null);

const correct = ({ data: { orderId, content, now } }: CorrectIncomingOrder, order: IncomingOrder): IncomingOrderDecision => {
  const refusal = unlessReadable(order);
  return refusal ? reject(refusal) : accept({ type: 'IncomingOrderCorrected', data: { orderId, content, decidedAt: now } });
};

const retry = ({ data: { orderId, because, now } }: RetryIncomingOrder, order: IncomingOrder): IncomingOrderDecision => {
  const refusal = unlessReadable(order);
  return refusal ? reject(refusal) : accept({ type: 'IncomingOrderTriedAgain', data: { orderId, because, decidedAt: now } });
};

const ignore = ({ data: { orderId, reason, now } }: IgnoreIncomingOrder, order: IncomingOrder): IncomingOrderDecision => {
  const refusal = unlessOpen(order);
  if (refusal) return reject(refusal);
  return order.state === 'ignored' ? accept() : accept({ type: 'IncomingOrderIgnored', data: { orderId, reason, decidedAt: now } });
};

/** Two may have looked at the same round, and one at an earlier one: only the first word on the latest counts. */
const settle = ({ data: { orderId, round, outcome, now } }: SettleIncomingOrder, order: IncomingOrder): IncomingOrderDecision => {
  if (order.orderId === null) return reject({ type: 'IncomingOrderUnknown' });
  if (order.state !== 'received' || round !== order.round) return accept();
  const data = { orderId, round, decidedAt: now };
  switch (outcome.is) {
    case 'wanting':
      return accept({
        type: 'IncomingOrderFoundWanting',
        data: { ...data, problems: outcome.problems, missingSkus: outcome.missingSkus },
      });
    case 'taken':
      return accept({ type: 'IncomingOrderTaken', data: { ...data, effect: outcome.effect, warnings: outcome.warnings } });
    case 'recorded':
      return accept({ type: 'IncomingOrderRecorded', data: { ...data, shopState: outcome.shopState } });
  }
};

const decide = (command: IncomingOrderCommand, order: IncomingOrder): IncomingOrderDecision => {
  switch (command.type) {
    case 'ReceiveIncomingOrder':
      return receive(command, order);
    case 'CorrectIncomingOrder':
      return correct(command, order);
    case 'RetryIncomingOrder':
      return retry(command, order);
    case 'IgnoreIncomingOrder':
      return ignore(command, order);
    case 'SettleIncomingOrder':
      return settle(command, order);
  }
};

/** One order of a channel as it came in, from its natural key on: what was said of it, and what became of that. */
export const incomingOrderDecider: Decider<IncomingOrder, IncomingOrderCommand, IncomingOrderEvent, IncomingOrderRejection> = {
  initialState: noIncomingOrder,
  decide,
  evolve,
};
