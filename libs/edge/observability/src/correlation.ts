import { v7 } from 'uuid';
import { newTraceparent, parseTraceparent } from './traceparent';

/** What ties a request to everything it leads to: ends up in event metadata, messages and logs. */
export type Correlation = { readonly correlationId: string; readonly traceparent: string };

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const correlations = new WeakMap<object, Correlation>();

const usable = /^[\w.:-]{1,100}$/;

/** The correlation of a request: the client's `X-Correlation-Id` where it is harmless, else the request id; its trace, or a new one. */
export const correlationOf = (request: { readonly id?: string; readonly headers: Headers }): Correlation => {
  const known = correlations.get(request);
  if (known !== undefined) return known;
  const { 'x-correlation-id': given, traceparent } = request.headers;
  const correlation = {
    correlationId: typeof given === 'string' && usable.test(given) ? given : (request.id ?? v7()),
    traceparent: (typeof traceparent === 'string' ? parseTraceparent(traceparent) : null) ?? newTraceparent(),
  };
  correlations.set(request, correlation);
  return correlation;
};
