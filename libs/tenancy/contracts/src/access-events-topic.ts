/** Everything that a service must know to decide who may do what; read by every service into its own directory. */
export const accessEventsTopic = 'stockproof.tenancy.access-events.v1';
