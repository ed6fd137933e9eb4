import { explained, problem, type ProblemMap } from '@stockproof/http-problems';
import type { ItemRejection } from '@stockproof/stock-domain';

const belowZero = problem(422, 'below-zero', 'A decrease takes no more than is there');
const unsellableOutOfRange = problem(422, 'unsellable-out-of-range', 'What is unsellable lies between nothing and all that is there');
const reportOutdated = problem(409, 'report-outdated', 'A younger report has been applied already');
const reportTooOld = problem(422, 'report-too-old', 'The report is too old to say anything about today');
const fromTheFuture = problem(422, 'from-the-future', 'What is reported cannot have happened yet');
const notEnoughStock = problem(409, 'not-enough-stock', 'There is not enough stock');

/** Every way an item can say no, and how HTTP says it. */
export const itemProblems: ProblemMap<ItemRejection> = {
  BelowZero: explained(belowZero, ({ there, asked }) => ({ detail: `${there} are there, ${asked} were to go.` })),
  UnsellableOutOfRange: explained(unsellableOutOfRange, ({ total, unsellable }) => ({
    detail: `${unsellable} of ${total} are unsellable now.`,
  })),
  NothingToChange: problem(422, 'nothing-to-change', 'A change of nothing is no change'),
  ReportOutdated: explained(reportOutdated, ({ lastTakenAt }) => ({ detail: `The last one was taken at ${lastTakenAt}.` })),
  ReportTooOld: explained(reportTooOld, ({ oldest }) => ({ detail: `Nothing taken before ${oldest} is applied.` })),
  FromTheFuture: explained(fromTheFuture, ({ at }) => ({ detail: `${at} has not come yet.` })),
  NotEnoughStock: explained(notEnoughStock, ({ available, asked }) => ({ detail: `${available} are available, ${asked} were asked for.` })),
  GrantAlreadyClosed: problem(409, 'grant-closed', 'The attempt was withdrawn'),
  SightingTooOld: problem(409, 'sighting-too-old', 'The attempt must be looked at again', { retryable: true }),
  AllocationUnknown: problem(404, 'allocation-unknown', 'There is no such allocation'),
};

/** Stock is counted where it lies. */
export const notPhysical = problem(422, 'not-a-physical-warehouse', 'Stock is only counted in physical warehouses', {
  detail: 'A virtual warehouse shows the sum of its members: change it there.',
});

/** The account has no such warehouse. */
export const warehouseNotEnabled = problem(422, 'warehouse-not-enabled', 'The warehouse is not enabled for the account', { hearsay: true });

/** Its stock is that of its components. */
export const isABundle = problem(422, 'is-a-bundle', 'A bundle has no stock of its own', {
  detail: 'What there is of it follows from its components: change it there.',
});
