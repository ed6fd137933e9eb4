import { inMemoryPersonalData, inMemorySubjectKeys } from './in-memory-personal-data';
import { personalDataSuite } from './personal-data.suite';
import { personalDataWith } from './personal-data-with';
import { newKey } from './sealing';

personalDataSuite('in memory', {
  open: async (clock) => {
    const keys = inMemorySubjectKeys();
    const masterKey = newKey();
    return { here: personalDataWith(keys, masterKey, clock), elsewhere: personalDataWith(keys, masterKey, clock) };
  },
});

test('without a clock it follows the real one', async () => {
  const personalData = inMemoryPersonalData();
  const sealed = await personalData.seal(personalData.newSubject(), 'Ada');
  expect(await personalData.open(sealed)).toBe('Ada');
});
