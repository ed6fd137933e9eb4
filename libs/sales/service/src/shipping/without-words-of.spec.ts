import type { HandOver } from '@stockproof/channel-exchange';
import { withoutWordsOf } from './without-words-of';

const person = { name: 'Ada (Example)', street: ['Long Street 1'], city: 'Berlin', countryCode: 'DE', phone: null };
const refused = (message: string): HandOver => ({ outcome: 'rejected', refusal: { code: 'bad-address', message } });

it('leaves out what a refusal quotes of the person, however it is spelt, and nothing else', () => {
  expect(withoutWordsOf(refused('no parcels to ADA (EXAMPLE), Long Street 1, 10115 Berlin/DE'), person)).toEqual(
    refused('no parcels to …, …, 10115 …/DE'),
  );
  expect(withoutWordsOf(refused('Ada'), null)).toEqual(refused('Ada'));
});
