import { runOf, type Run } from './statistics';

export type Load = {
  /** How many ask at the same time, each again as soon as it is answered. */
  readonly callers: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  readonly unitsPerCall?: number;
};

export type Outcome = { readonly run: Run; /** All calls that were answered, those of the warm-up included. */ readonly calls: number };

/** A closed loop of callers; only what is both asked and answered after the warm-up is counted. */
export const underLoad = async (
  { callers, warmSeconds, seconds, unitsPerCall }: Load,
  call: (caller: number) => Promise<unknown>,
): Promise<Outcome> => {
  const from = performance.now() + warmSeconds * 1_000;
  const until = from + seconds * 1_000;
  const latencies: number[] = [];
  let calls = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let asked = performance.now(); asked < until;) {
        await call(caller);
        calls += 1;
        const answered = performance.now();
        if (asked >= from && answered <= until) latencies.push(answered - asked);
        asked = answered;
      }
    }),
  );
  return { run: runOf(latencies, seconds, unitsPerCall), calls };
};
