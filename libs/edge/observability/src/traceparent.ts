import { randomBytes } from 'node:crypto';

/** A W3C `traceparent` that can be passed on; `null` for anything else, all-zero ids included. */
export const parseTraceparent = (header: string): string | null =>
  /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(header) ? header : null;

/** The start of a new trace, sampled. */
export const newTraceparent = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;

/** A new span of the same trace. */
export const childOf = (traceparent: string): string => {
  const [version, trace, , flags] = traceparent.split('-');
  return [version, trace, randomBytes(8).toString('hex'), flags].join('-');
};
