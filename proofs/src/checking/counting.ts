import type { Operation } from '../clients/record';

/** How many operations there were, by what came of them and by what was asked. */
export const counted = (operations: readonly Operation[]) => ({
  operations: operations.length,
  outcomes: { ...count(operations.map(({ outcome }) => outcome)), ...count(operations.map(({ asked }) => asked.what)) },
});
const count = (names: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
