import type { Position } from '@stockproof/event-store';

declare module 'fastify' {
  interface FastifyInstance {
    /** The service whose HTTP this is; five of them share a process in the all-in-one. */
    readonly stockproofService: string;
  }
}

/** A position together with the service it belongs to, as headers carry it. */
export const positionToken = (service: string, position: Position): string => `${service}:${position}`;

/** The parts of `Stockproof-Min-Position`; `null` when it is none. */
export const parsePositionToken = (token: string): { readonly service: string; readonly position: Position } | null => {
  const [, service, position] = /^([a-z]+):([\x21-\x7e]{1,200})$/.exec(token) ?? [];
  return service === undefined || position === undefined ? null : { service, position };
};
