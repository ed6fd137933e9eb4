import type { ServiceStatus } from '@stockproof/service-host';

/** What an admin port answered; `null`: nothing like Stockproof answers there. */
export type HealthAnswer = {
  readonly address: string;
  readonly answer: { readonly ready: boolean; readonly draining: boolean; readonly services: readonly ServiceStatus[] } | null;
  readonly because: string | null;
};

/** Asks `/readyz` of an admin port. Never throws. */
export const healthAt = async (address: string, timeoutMs: number): Promise<HealthAnswer> => {
  try {
    const response = await fetch(new URL('/readyz', address), { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    const body: unknown = await response.json();
    return isHealth(body)
      ? { address, answer: body, because: null }
      : { address, answer: null, because: 'it is no admin port of Stockproof' };
  } catch (error) {
    return { address, answer: null, because: causeOf(error) };
  }
};

const isHealth = (body: unknown): body is NonNullable<HealthAnswer['answer']> =>
  typeof body === 'object' && body !== null && 'ready' in body && 'services' in body && Array.isArray(body.services);

const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } };
  return String(cause?.code ?? cause?.message ?? error.message);
};
