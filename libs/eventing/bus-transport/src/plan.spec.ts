import type { DeliveredMessage } from '@stockproof/integration-bus';
import { someMessage } from '@stockproof/integration-bus/testing';
import { planOf, type Checkpoint } from './plan';

const topic = 'stockproof.testing.orders.v1';
const message = (aggregate: string, position: number, more: Partial<DeliveredMessage> = {}): DeliveredMessage => ({
  ...someMessage(topic, aggregate, position),
  partition: 0,
  offset: String(position),
  ...more,
});
const at = (position: number, ordinal = 0): Checkpoint => ({ ...message('order-1', position), ordinal, messageId: 'seen' });
const source = 'stockproof/testing/log-1';
const none = new Map<string, never>();
const ids = (messages: readonly DeliveredMessage[]) => messages.map(({ id }) => id.replace(`${topic}:`, ''));

describe('the plan for a batch', () => {
  it('handles everything new, in order, and moves its source to the last', () => {
    const plan = planOf([message('order-1', 1), message('order-2', 2)], none, new Set(), none);
    expect(ids(plan.handle)).toEqual(['order-1:1', 'order-2:2']);
    expect(plan.moved.get(source)).toEqual({ sourcePosition: '000000000002', ordinal: 0, messageId: `${topic}:order-2:2` });
  });

  it('skips what lies at or below the checkpoint of its source', () => {
    const plan = planOf([message('order-1', 1), message('order-1', 2), message('order-1', 3)], new Map([[source, at(2)]]), new Set(), none);
    expect(ids(plan.handle)).toEqual(['order-1:3']);
  });

  it('tells the messages of one event apart by their ordinals', () => {
    const plan = planOf(
      [message('order-1', 2, { ordinal: 1 }), message('order-1', 2, { ordinal: 2 })],
      new Map([[source, at(2, 1)]]),
      new Set(),
      none,
    );
    expect(plan.handle.map(({ ordinal }) => ordinal)).toEqual([2]);
  });

  it('skips a repetition within the batch', () => {
    const plan = planOf(
      [message('order-1', 1), message('order-1', 2), message('order-1', 1), message('order-1', 2), message('order-1', 3)],
      none,
      new Set(),
      none,
    );
    expect(ids(plan.handle)).toEqual(['order-1:1', 'order-1:2', 'order-1:3']);
  });

  it('counts positions per source', () => {
    const restored = message('order-1', 1, { source: 'stockproof/testing/log-1.1' });
    const plan = planOf([restored], new Map([[source, at(5)]]), new Set(), none);
    expect(plan.handle).toEqual([restored]);
    expect([...plan.moved.keys()]).toEqual(['stockproof/testing/log-1.1']);
  });

  it('moves nothing where everything was seen', () => {
    const plan = planOf([message('order-1', 1)], new Map([[source, at(1)]]), new Set(), none);
    expect(plan).toEqual({ handle: [], park: [], moved: new Map() });
  });

  it('parks what belongs to a parked key and handles the others', () => {
    const plan = planOf([message('order-1', 1), message('order-2', 2), message('order-1', 3)], none, new Set(['account-1/order-1']), none);
    expect(ids(plan.handle)).toEqual(['order-2:2']);
    expect(plan.park.map(({ message: { sequence }, reason }) => ({ sequence, reason }))).toEqual([
      { sequence: 1, reason: null },
      { sequence: 3, reason: null },
    ]);
    expect(plan.moved.get(source)?.sourcePosition).toBe('000000000003');
  });

  it('parks a message at fault and all later ones of its key, but not the earlier ones', () => {
    const plan = planOf(
      [message('order-1', 1), message('order-1', 2), message('order-2', 3), message('order-1', 4)],
      none,
      new Set(),
      new Map([[`${topic}:order-1:2`, 'broken']]),
    );
    expect(ids(plan.handle)).toEqual(['order-1:1', 'order-2:3']);
    expect(plan.park.map(({ message: { sequence }, reason }) => ({ sequence, reason }))).toEqual([
      { sequence: 2, reason: 'broken' },
      { sequence: 4, reason: null },
    ]);
  });
});
