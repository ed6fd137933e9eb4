/** What was last seen when the time was over. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

/** Asks every so often until the answer is as wanted; what it last saw stands in the error. */
export const eventually = async <Seen>(
  what: string,
  ask: () => Promise<Seen>,
  wanted: (seen: Seen) => boolean,
  { withinMs = 240_000, everyMs = 100 }: { readonly withinMs?: number; readonly everyMs?: number } = {},
): Promise<Seen> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await ask();
    if (wanted(seen)) return seen;
    if (performance.now() > deadline) throw new NotInTime(`${what} did not come about in ${withinMs / 1000} s; last seen: ${told(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};

const told = (seen: unknown): string => (JSON.stringify(seen) ?? 'nothing').slice(0, 1_000);
