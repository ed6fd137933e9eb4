import type { Running } from './lifetime';

type Closing = (what: string, close: () => Promise<void>) => void;

/** Runs `start`; what it registers is closed in reverse, on `stop` or when `start` itself fails. One part that cannot close does not keep the others. */
export const closedInReverse = async (start: (closing: Closing) => Promise<void>): Promise<Running> => {
  const parts: { readonly what: string; readonly close: () => Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const { what, close } of parts.splice(0).reverse()) {
      await close().catch((error: unknown) => failures.push(new Error(`${what} could not be closed`, { cause: error })));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  };
  try {
    await start((what, close) => void parts.push({ what, close }));
  } catch (error) {
    await stop().catch(() => undefined); // what it could not start matters more
    throw error;
  }
  return { stop };
};
