import { randomBytes } from 'node:crypto';
import { keyRing } from './key-ring';

describe('the key ring', () => {
  const master = randomBytes(32);
  const keys = keyRing(master);

  it('finds a name in any spelling that reaches the same mailbox, under this master key only', () => {
    expect(keys.signInNameIndex(' Ann@Example.com ')).toEqual(keys.signInNameIndex('ann@example.com'));
    expect(keys.signInNameIndex('bob@example.com')).not.toEqual(keys.signInNameIndex('ann@example.com'));
    expect(keyRing(randomBytes(32)).signInNameIndex('ann@example.com')).not.toEqual(keys.signInNameIndex('ann@example.com'));
  });

  it('opens a private key for its own id only', () => {
    const sealed = keys.sealPrivateKey('k1', 'private');
    expect(keyRing(master).openPrivateKey('k1', sealed)).toBe('private');
    expect(() => keys.openPrivateKey('k2', sealed)).toThrow();
    expect(() => keyRing(randomBytes(32)).openPrivateKey('k1', sealed)).toThrow();
  });
});
