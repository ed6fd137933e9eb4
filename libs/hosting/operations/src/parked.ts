import { everyone, parkedKeys, type ParkedKey, type ParkedKeyPlace, type WaitingMessage } from '@stockproof/bus-transport';
import type { OperatedService } from './operated-service';

/** What became of asking: `unknown`: no such key is parked. */
export type ParkedAsked = 'asked' | 'unknown';

const atOnce = 100;

/** A service's parked keys as operators of the installation see them: of all accounts. Workers do what is asked, within seconds. */
export const parkedKeysOf = ({ engines: { databases } }: OperatedService) => {
  const parked = parkedKeys({ database: databases.writer });
  const list = async (accountId: string | null): Promise<readonly ParkedKey[]> => {
    const all: ParkedKey[] = [];
    for (;;) {
      const page = await parked.list(accountId ?? everyone, { after: all.at(-1) ?? null, limit: atOnce });
      all.push(...page);
      if (page.length < atOnce) return all;
    }
  };
  const find = async ({ group, orderingKey }: ParkedKeyPlace): Promise<ParkedKey | null> =>
    (await list(null)).find((each) => each.group === group && each.orderingKey === orderingKey) ?? null;
  const ask = async (key: ParkedKeyPlace, asking: (accountId: string | null) => Promise<boolean>): Promise<ParkedAsked> => {
    const found = await find(key);
    return found !== null && (await asking(found.accountId)) ? 'asked' : 'unknown';
  };
  return {
    list,
    find,
    waiting: (key: ParkedKeyPlace, limit: number): Promise<readonly WaitingMessage[]> => parked.waiting(key, limit),
    replay: (key: ParkedKeyPlace, by: string): Promise<ParkedAsked> => ask(key, (accountId) => parked.replay({ ...key, accountId }, by)),
    skip: (key: ParkedKeyPlace, by: string, reason: string): Promise<ParkedAsked> =>
      ask(key, (accountId) => parked.skip({ ...key, accountId }, by, reason)),
  };
};
