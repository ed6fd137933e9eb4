/** How an account works: its settings, enabled warehouses and sales channels. Ordering key: the account. */
export const accountEventsTopic = 'stockproof.tenancy.account-events.v1';
