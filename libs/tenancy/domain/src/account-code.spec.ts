import fc from 'fast-check';
import { accountCode } from './account-code';

describe('the code of an account', () => {
  it.each([
    ['My Account', 'MY-ACCOUNT'],
    ['  a & b  (EU) ', 'A-B-EU'],
    ['Müller', 'MÜLLER'],
    ['***', ''],
  ])('makes of %j %j', (name, code) => expect(accountCode(name)).toBe(code));

  it('is the same for names that differ by case only, and made of its own code', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcXYZ019 -_/é') }), (name) => {
        expect(accountCode(name.toUpperCase())).toBe(accountCode(name));
        expect(accountCode(accountCode(name))).toBe(accountCode(name));
        expect(accountCode(name)).not.toMatch(/^-|-$|--/);
      }),
    );
  });
});
