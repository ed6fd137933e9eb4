import type { Effort } from './bench-case';
import { benchCases } from './cases/all';

/** A case's own process: nothing that another case left warm or full is in the way. */
process.once('message', ({ name, url, effort }: { name: string; url: string; effort: Effort }) => {
  const bench = benchCases[name];
  if (!bench) throw new Error(`There is no case "${name}".`);
  const say = (progress: string) => process.send?.({ progress });
  void bench.run({ url, effort, say }).then((result) => process.send?.({ result }, () => process.disconnect()));
});
