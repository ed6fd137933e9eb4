import type { Finding } from '@stockproof/stock-domain';
import { checkItem } from './checking-items';
import { checkOrder } from './checking-orders';
import { comparedRows, type Row } from './comparing-rows';
import { readWarehouse, warehouseAt, type Memberships } from './memberships';
import type { Subject, VerifierTools } from './subjects';
import { readWarehouseRows } from './view-rows';

/** Everything that is wrong with a subject now, from its log alone. */
export const check = (tools: VerifierTools, subject: Subject, memberships: Memberships): Promise<readonly Finding[]> => {
  switch (subject.kind) {
    case 'item':
      return checkItem(tools, subject, memberships);
    case 'allocation':
      return checkOrder(tools, subject);
    case 'warehouse':
      return checkWarehouse(tools, subject);
  }
};

const checkWarehouse = async (tools: VerifierTools, subject: Subject): Promise<readonly Finding[]> => {
  const { at, rows } = await readWarehouseRows(tools.database, subject);
  if (at === null) return [];
  const warehouse = warehouseAt(await readWarehouse(tools, subject.accountId, subject.key), at);
  const named = (row: Row | undefined): ReadonlyMap<string, Row> => new Map(row ? [[`warehouse ${subject.key}`, row]] : []);
  return comparedRows({ view: 'stock-levels', at, sku: null, orderId: null }, named(warehouse ?? undefined), named(rows[0]));
};
