import { erasureLedger, type Erasure } from '@stockproof/personal-data';
import type { OperatedService } from './operated-service';

/** So many persons of one transaction. */
const atOnce = 500;

/** Who was forgotten in a service, for whoever keeps that apart from its backups. */
export const erasuresOf = ({ engines: { databases } }: OperatedService) => {
  const ledger = erasureLedger(databases.writer);
  return {
    list: ledger.erasures,
    /** Forgets them again; answers of how many a key had come back. May be repeated. */
    replay: async (erasures: readonly Erasure[]): Promise<number> => {
      let broughtBack = 0;
      for (let first = 0; first < erasures.length; first += atOnce) {
        const some = erasures.slice(first, first + atOnce);
        broughtBack += (await ledger.find(some.map(({ subjectId }) => subjectId))).size;
        await ledger.forget(some);
      }
      return broughtBack;
    },
  };
};
