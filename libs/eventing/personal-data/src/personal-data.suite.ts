import type { Clock } from '@stockproof/vocabulary';
import type { Sealed } from './personal-data';
import { PersonWasForgotten, type PersonalDataWithLedger } from './personal-data-with';
import { CannotUnseal } from './sealing';

/** Two processes on the same keys, and a clock that the suite moves. */
export type PersonalDataHarness = {
  readonly open: (clock: Clock) => Promise<{ readonly here: PersonalDataWithLedger; readonly elsewhere: PersonalDataWithLedger }>;
};

const movingClock = (): Clock & { readonly move: (ms: number) => void } => {
  let now = Date.parse('2026-03-01T10:00:00.000Z');
  return { now: () => new Date(now).toISOString(), move: (ms) => void (now += ms) };
};
const ada = { name: 'Ada Lovelace', address: { street: '12 St James’s Square', lines: ['London', null] }, note: '🚪' };

/** What every keeper of personal data does; run by each adapter. */
export const personalDataSuite = (name: string, harness: PersonalDataHarness): void => {
  describe(`personal data: ${name}`, () => {
    const opened = async () => {
      const clock = movingClock();
      return { clock, ...(await harness.open(clock)) };
    };

    test('what was sealed opens to the same, and shows nothing of it', async () => {
      const { here, elsewhere } = await opened();
      const sealed = await here.seal(here.newSubject(), ada);
      expect(sealed.sealed).toMatch(/^spd1\.[\w-]+$/);
      expect(JSON.stringify(sealed)).not.toContain('Ada');
      expect(Buffer.from(sealed.sealed.slice(5), 'base64url').toString()).not.toContain('Ada');
      expect(await here.open(sealed)).toEqual(ada);
      expect(await elsewhere.open(sealed)).toEqual(ada);
    });

    test('the same data sealed twice look different', async () => {
      const { here } = await opened();
      const subject = here.newSubject();
      expect(await here.seal(subject, ada)).not.toEqual(await here.seal(subject, ada));
    });

    test('two first uses at the same time end up with one key', async () => {
      const { here, elsewhere } = await opened();
      const subject = here.newSubject();
      const sealed = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? here : elsewhere).seal(subject, n)));
      expect(await here.openMany(sealed)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    test('many open in the order asked, the forgotten ones as null', async () => {
      const { here } = await opened();
      const [one, gone] = [here.newSubject(), here.newSubject()];
      const sealed: Sealed[] = [await here.seal(one, 'a'), await here.seal(gone, 'b'), await here.seal(one, 'c')];
      await here.forget(gone);
      expect(await here.openMany(sealed)).toEqual(['a', null, 'c']);
      expect(await here.openMany([])).toEqual([]);
    });

    test('ciphertext moved to another subject does not open', async () => {
      const { here } = await opened();
      const [mine, yours] = [await here.seal(here.newSubject(), ada), await here.seal(here.newSubject(), 'other')];
      await expect(here.open({ subjectId: yours.subjectId, sealed: mine.sealed })).rejects.toThrow(CannotUnseal);
    });

    test('changed ciphertext is an error, never "forgotten"', async () => {
      const { here } = await opened();
      const sealed = await here.seal(here.newSubject(), ada);
      const bytes = Buffer.from(sealed.sealed.slice(5), 'base64url');
      bytes[bytes.length - 1]! ^= 1;
      await expect(here.open({ ...sealed, sealed: `spd1.${bytes.toString('base64url')}` })).rejects.toThrow(CannotUnseal);
      await expect(here.open({ ...sealed, sealed: 'plain' })).rejects.toThrow(CannotUnseal);
    });

    test('forgetting is at once here, and within a minute elsewhere however often the data are read', async () => {
      const { here, elsewhere, clock } = await opened();
      const sealed = await here.seal(here.newSubject(), ada);
      expect(await elsewhere.open(sealed)).toEqual(ada);
      await here.forget(sealed.subjectId);
      expect(await here.open(sealed)).toBeNull();
      for (let second = 0; second < 60; second += 10) {
        await elsewhere.open(sealed);
        clock.move(10_000);
      }
      expect(await elsewhere.open(sealed)).toBeNull();
    });

    test('nothing more is sealed for a forgotten person', async () => {
      const { here } = await opened();
      const subject = here.newSubject();
      await here.seal(subject, ada);
      await here.forget(subject);
      await expect(here.seal(subject, ada)).rejects.toThrow(PersonWasForgotten);
      const unseen = here.newSubject();
      await here.forget(unseen);
      await expect(here.seal(unseen, ada)).rejects.toThrow(PersonWasForgotten);
    });

    test('sealing beside an erasure never leaves a readable key', async () => {
      const { here, elsewhere, clock } = await opened();
      for (let round = 0; round < 10; round++) {
        const subject = here.newSubject();
        const [sealing] = await Promise.allSettled([here.seal(subject, ada), elsewhere.forget(subject)]);
        clock.move(60_000);
        if (sealing.status === 'fulfilled') expect(await elsewhere.open(sealing.value)).toBeNull();
        await expect(elsewhere.seal(subject, ada)).rejects.toThrow(PersonWasForgotten);
      }
    });

    test('the ledger keeps the first time, and replaying it forgets whoever came back', async () => {
      const { here, clock } = await opened();
      const [gone, back] = [await here.seal(here.newSubject(), ada), await here.seal(here.newSubject(), ada)];
      const at = clock.now();
      await here.forget(gone.subjectId);
      clock.move(1000);
      await here.forget(gone.subjectId);
      expect(await here.erasures()).toEqual([{ subjectId: gone.subjectId, forgottenAt: at }]);
      const kept = [
        { subjectId: gone.subjectId, forgottenAt: at },
        { subjectId: back.subjectId, forgottenAt: at },
      ];
      await here.replayLedger(kept);
      await here.replayLedger(kept);
      expect(await here.openMany([gone, back])).toEqual([null, null]);
      expect(await here.erasures()).toHaveLength(2);
    });
  });
};
