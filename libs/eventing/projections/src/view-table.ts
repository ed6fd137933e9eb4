/** The name of a view's table, `stock_levels_v1`; a second table of the same view carries what it holds: `stock_levels_rows_v1`. */
export const viewTable = (name: string, version: number): string => `${name.replaceAll('-', '_')}_v${version}`;

/** The schemas of a service in which views live. The source schema is only read. */
export const schemasOf = (service: string) => ({ source: service, derived: `${service}_views`, building: `${service}_building` });
export type ViewSchemas = ReturnType<typeof schemasOf>;
