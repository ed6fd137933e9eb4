import { mayPass, ProjectionThrew } from './apply-batch';
import { Overtaken } from './checkpoints';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

test.each([
  ['a lost race', withCode('40P01')],
  ['a server that goes away', withCode('57P01')],
  ['a full disk', withCode('53100')],
  ['a refused connection', withCode('ECONNREFUSED')],
  ['a broken pipe, whose code looks like a state', withCode('EPIPE')],
  ['a connection that ended without a code', new Error('Connection terminated unexpectedly')],
  ['another runner', new Overtaken('elsewhere')],
])('%s passes', (_, error) => expect(mayPass(error)).toBe(true));

test.each([
  ['a broken constraint', withCode('23514')],
  ['a table that is not there', withCode('42P01')],
  ['a wrong value', withCode('22P02')],
  ['a projection that throws', new ProjectionThrew('no such field')],
  ['a value that cannot be sent', new TypeError('Do not know how to serialize a BigInt')],
])('%s does not pass', (_, error) => expect(mayPass(error)).toBe(false));
