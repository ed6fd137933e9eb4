import { keyCache } from './key-cache';
import { masterKeyFrom } from './master-key';

const clock = { now: () => '2026-03-01T10:00:00.000Z' };

test('the keys used least recently leave a full cache', () => {
  const cache = keyCache(clock, 2);
  cache.set('a', Buffer.from('a'));
  cache.set('b', Buffer.from('b'));
  cache.get('a');
  cache.set('c', Buffer.from('c'));
  expect(['a', 'b', 'c'].map((id) => cache.get(id)?.toString())).toEqual(['a', undefined, 'c']);
});

test('a clock that was set back keeps no key longer', () => {
  let now = '2026-03-01T10:00:00.000Z';
  const cache = keyCache({ now: () => now });
  cache.set('a', Buffer.from('a'));
  now = '2026-03-01T09:00:00.000Z';
  expect(cache.get('a')).toBeUndefined();
});

test('a master key is 32 bytes in hex or base64, anything else is refused', () => {
  const key = Buffer.alloc(32, 7);
  expect(masterKeyFrom(`${key.toString('hex')}\n`)).toEqual(key);
  expect(masterKeyFrom(key.toString('base64'))).toEqual(key);
  expect(masterKeyFrom(key.toString('base64url'))).toEqual(key);
  expect(() => masterKeyFrom('secret')).toThrow('32 bytes');
});
