/** What an organization hands down to its accounts. Ordering key: the organization. */
export const organizationEventsTopic = 'stockproof.tenancy.organization-events.v1';
