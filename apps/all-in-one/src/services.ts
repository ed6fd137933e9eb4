import type { ServiceDefinition } from '@stockproof/service-host';

/** The services of this process, in the order in which they start. */
export const services: readonly ServiceDefinition[] = [];
