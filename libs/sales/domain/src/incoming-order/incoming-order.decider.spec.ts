import { stateFrom } from '@stockproof/decider';
import { given as givenFor } from '@stockproof/decider-testing';
import fc from 'fast-check';
import type { IncomingOrderCommand, Outcome } from './incoming-order.commands';
import { incomingOrderDecider } from './incoming-order.decider';
import type { IncomingOrderEvent } from './incoming-order.events';

const given = givenFor(incomingOrderDecider);
const now = '2026-01-10T12:00:00.000Z';
const of = { orderId: 'o', now };
const said = { orderId: 'o', decidedAt: now };
const content = { subjectId: 's', sealed: 'x' };
const word = { channelId: 'c', orderNumber: '1001', way: 'poll', shopState: 'open', placedAt: now, content } as const;
const receive = (digest: string, more: Partial<{ orderNumber: string | null; unreadable: string | null }> = {}): IncomingOrderCommand => ({
  type: 'ReceiveIncomingOrder',
  data: { ...of, ...word, digest, unreadable: null, ...more },
});
const received = (digest: string, more: { readonly orderNumber?: null } = {}): IncomingOrderEvent => ({
  type: 'IncomingOrderReceived',
  data: { ...said, ...word, digest, ...more },
});
const settle = (round: number, outcome: Outcome): IncomingOrderCommand => ({
  type: 'SettleIncomingOrder',
  data: { ...of, round, outcome },
});
const problems = [{ field: '/lines/0/sku', code: 'unknown-sku', message: 'The account does not know the SKU tea' }];
const wanting: Outcome = { is: 'wanting', problems, missingSkus: ['tea'] };
const taken: Outcome = { is: 'taken', effect: 'created', warnings: [] };
const recorded: Outcome = { is: 'recorded', shopState: 'unpaid' };
const isWanting = (round: number): IncomingOrderEvent => ({
  type: 'IncomingOrderFoundWanting',
  data: { ...said, round, problems, missingSkus: ['tea'] },
});
const isTaken = (round: number): IncomingOrderEvent => ({
  type: 'IncomingOrderTaken',
  data: { ...said, round, effect: 'created', warnings: [] },
});
const isRecorded = (round: number): IncomingOrderEvent => ({
  type: 'IncomingOrderRecorded',
  data: { ...said, round, shopState: 'unpaid' },
});
const unreadable: readonly IncomingOrderEvent[] = [
  received('a', { orderNumber: null }),
  {
    type: 'IncomingOrderFoundWanting',
    data: { ...said, round: 1, problems: [{ field: '', code: 'unreadable', message: 'no order' }], missingSkus: [] },
  },
];
const correct: IncomingOrderCommand = { type: 'CorrectIncomingOrder', data: { ...of, content } };
const corrected: IncomingOrderEvent = { type: 'IncomingOrderCorrected', data: { ...said, content } };
const retry: IncomingOrderCommand = { type: 'RetryIncomingOrder', data: { ...of, because: 'by hand' } };
const triedAgain: IncomingOrderEvent = { type: 'IncomingOrderTriedAgain', data: { ...said, because: 'by hand' } };
const ignore: IncomingOrderCommand = { type: 'IgnoreIncomingOrder', data: { ...of, reason: 'a test' } };
const ignored: IncomingOrderEvent = { type: 'IncomingOrderIgnored', data: { ...said, reason: 'a test' } };

describe('receiving', () => {
  it('keeps what came', () => given().when(receive('a')).then(received('a')));
  it('the same again is nothing new', () => given(received('a'), isTaken(1)).when(receive('a')).thenNothing());
  it('anything else is looked at', () => given(received('a'), isTaken(1)).when(receive('b')).then(received('b')));
  it('what cannot be read waits at once', () =>
    given()
      .when(receive('a', { orderNumber: null, unreadable: 'no order' }))
      .then(...unreadable));
});

describe('settling', () => {
  it('what lacks something waits', () => given(received('a')).when(settle(1, wanting)).then(isWanting(1)));
  it('what lacks nothing is taken', () => given(received('a')).when(settle(1, taken)).then(isTaken(1)));
  it('what the shop does not sell is recorded', () => given(received('a')).when(settle(1, recorded)).then(isRecorded(1)));
  it('is done once', () => given(received('a'), isTaken(1)).when(settle(1, wanting)).thenNothing());
  it('does not hear what was thought of an earlier word', () => given(received('a'), received('b')).when(settle(1, taken)).thenNothing());
  it('an unpaid one that comes as open becomes an order', () =>
    given(received('a'), isRecorded(1), received('b')).when(settle(2, taken)).then(isTaken(2)));
  it('needs something that came', () => given().when(settle(1, taken)).thenRejected({ type: 'IncomingOrderUnknown' }));
});

describe('what a person does with one that waits', () => {
  const waiting = [received('a'), isWanting(1)];
  it('corrects it', () =>
    given(...waiting)
      .when(correct)
      .then(corrected));
  it('tries it again', () =>
    given(...waiting)
      .when(retry)
      .then(triedAgain));
  it('ignores it, once', () => {
    given(...waiting)
      .when(ignore)
      .then(ignored);
    given(...waiting, ignored)
      .when(ignore)
      .thenNothing();
  });
  it('what is ignored stays so whatever is said of it', () =>
    given(...waiting, ignored, received('b'))
      .when(settle(2, taken))
      .thenNothing());
  it('until a person tries it again', () =>
    given(...waiting, ignored, triedAgain)
      .when(settle(2, taken))
      .then(isTaken(2)));
  it.each([correct, retry, ignore])('not what is taken: $type', (command) =>
    given(received('a'), isTaken(1)).when(command).thenRejected({ type: 'IncomingOrderSettled', state: 'taken' }),
  );
  it.each([correct, retry, ignore])('not what never came: $type', (command) =>
    given().when(command).thenRejected({ type: 'IncomingOrderUnknown' }),
  );
  it.each([correct, retry])('not what cannot be read: $type', (command) =>
    given(...unreadable)
      .when(command)
      .thenRejected({ type: 'IncomingOrderUnreadable' }),
  );
  it('but what cannot be read can be ignored', () =>
    given(...unreadable)
      .when(ignore)
      .then(ignored));
});

describe('any history of an incoming order', () => {
  const step = fc.oneof(
    fc.constantFrom('a', 'b', 'c').map((digest) => receive(digest)),
    fc.record({ back: fc.nat(1), outcome: fc.constantFrom(wanting, taken, recorded) }),
    fc.constantFrom(correct, retry, ignore),
  );

  it('stands as the small model of it says', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const order = stateFrom(incomingOrderDecider, []);
        const model = { round: 0, digest: '', state: 'none' };
        for (const each of steps) {
          const command = 'type' in each ? each : settle(model.round - each.back, each.outcome);
          const decision = incomingOrderDecider.decide(command, order);
          if (decision.outcome === 'accepted') decision.events.reduce(incomingOrderDecider.evolve, order);
          expectedAfter(model, command);
          expect([order.round, order.digest, order.orderId === null ? 'none' : order.state]).toEqual([
            model.round,
            model.digest,
            model.state,
          ]);
        }
      }),
      { numRuns: 300 },
    ));
});

type Model = { round: number; digest: string; state: string };

/** The rules in a few words: every news opens a round, only its own word closes it. */
const expectedAfter = (model: Model, command: IncomingOrderCommand): void => {
  const isOpen = ['received', 'waiting', 'ignored'].includes(model.state);
  switch (command.type) {
    case 'ReceiveIncomingOrder':
      if (command.data.digest !== model.digest) hearNews(model, command.data.digest);
      return;
    case 'SettleIncomingOrder':
      if (model.state === 'received' && command.data.round === model.round) model.state = settledAs[command.data.outcome.is];
      return;
    case 'CorrectIncomingOrder':
    case 'RetryIncomingOrder':
      if (isOpen) Object.assign(model, { round: model.round + 1, state: 'received' });
      return;
    case 'IgnoreIncomingOrder':
      if (isOpen) model.state = 'ignored';
  }
};
const settledAs = { wanting: 'waiting', taken: 'taken', recorded: 'recorded' } as const;
const hearNews = (model: Model, digest: string): void => {
  const state = model.state === 'ignored' ? 'ignored' : 'received';
  Object.assign(model, { round: model.round + 1, digest, state });
};
