/** What warehouses an organization has, physical and virtual. Ordering key: the organization, so that a virtual warehouse never comes before its members. */
export const warehouseEventsTopic = 'stockproof.tenancy.warehouse-events.v1';
