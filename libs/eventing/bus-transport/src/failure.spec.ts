import { z } from 'zod';
import { someMessage } from '@stockproof/integration-bus/testing';
import { PoisonMessage, TryAgain } from './consumer';
import { failureOf, Overtaken } from './failure';

const never = () => false;
const withCode = (code: string) => Object.assign(new Error('from the database'), { code });
const message = { ...someMessage('topic', 'order-1', 1), partition: 0, offset: '0' };

describe('whose fault a failure is', () => {
  it("is the message's where the handler says so", () => {
    expect(failureOf(new PoisonMessage(message, 'impossible'), never)).toEqual({ kind: 'message', message, reason: 'impossible' });
  });
  it('is a matter of shape where a schema refuses', () => {
    expect(failureOf(z.string().safeParse(1).error, never).kind).toBe('shape');
  });
  it.each([
    ['what asks to be tried again', new TryAgain('a race lost')],
    ['another owner', new Overtaken('moved')],
    ['a missing table', withCode('42P01')],
    ['a full disk', withCode('53100')],
    ['a lost serialization', withCode('40001')],
  ])("is the world's: %s", (_, error) => expect(failureOf(error, never).kind).toBe('world'));
  it("is the world's where the connection says so", () => {
    expect(failureOf(new Error('Connection terminated'), () => true).kind).toBe('world');
  });
  it.each([
    ['a broken constraint', withCode('23505')],
    ['a programming error', new TypeError('undefined is not a function')],
    ['a thrown text', 'no'],
  ])('is unknown: %s', (_, error) => expect(failureOf(error, never).kind).toBe('unknown'));
});
