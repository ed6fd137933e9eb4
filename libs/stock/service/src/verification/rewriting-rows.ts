import type { Position } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Queryable, type Statement } from '@stockproof/sql';
import type { AllocationEvent, ItemEvent, WarehouseEvent } from '@stockproof/stock-domain';
import { allocationsProjection } from '../views/allocations/allocations.projection';
import { stockLevelsProjection } from '../views/stock-levels/stock-levels.projection';
import { stockMovementsProjection } from '../views/stock-movements/stock-movements.projection';
import { readWarehouse } from './memberships';
import { pagesOf, streamOf, type Placed, type Subject, type VerifierTools } from './subjects';

type Rows = { readonly projection: Projection; readonly remove: readonly Statement[] };

/** Which rows a subject has in a view; `null`: none in that one. */
const rowsOf = ({ kind, accountId, key }: Subject, view: string): Rows | null => {
  const remove = (table: string, column: string): Statement =>
    sql(`delete from ${table} where account_id = $1 and ${column}::text = $2`, accountId, key);
  switch (`${kind} ${view}`) {
    case 'item stock-levels':
      return { projection: stockLevelsProjection, remove: [remove('stock_levels_v1', 'sku_key')] };
    case 'item stock-movements':
      return {
        projection: stockMovementsProjection,
        remove: [remove('stock_movements_v2', 'sku_key'), remove('stock_balances_v2', 'sku_key')],
      };
    case 'allocation allocations':
      return { projection: allocationsProjection, remove: [remove('stock_allocations_v2', 'order_id')] };
    case 'warehouse stock-levels':
      return { projection: stockLevelsProjection, remove: [remove('stock_warehouses_v1', 'warehouse_id')] };
    default:
      return null;
  }
};

/**
 * Takes the rows of one subject out of a view and lets the view make them again from the subject's log, at exactly the place where the
 * view stands: its checkpoint is locked, so the view waits, and nothing is counted twice or missed.
 */
export const rewriteRows = async (tools: VerifierTools, subject: Subject, view: string): Promise<void> => {
  const rows = rowsOf(subject, view);
  if (rows === null) throw new Error(`${view} has no rows of a ${subject.kind}`);
  await tools.database.transaction(async (tx) => {
    const [place] = await tx.query<{ position: Position }>(
      sql(
        'select position from projection_checkpoints where view = $1 and version = $2 and not building and not of_another_log for update',
        view,
        rows.projection.version,
      ),
    );
    if (place === undefined) throw new Error(`${view} is being rebuilt as a whole`);
    for (const statement of rows.remove) await tx.query(statement);
    if (subject.kind === 'warehouse')
      return tell(tx, rows.projection, warehouseInOrder(await readWarehouse(tools, subject.accountId, subject.key)), place.position);
    for await (const page of pagesOf<ItemEvent | AllocationEvent>(tools.store, streamOf(subject)))
      await tell(tx, rows.projection, page, place.position);
  });
};

const warehouseInOrder = (told: readonly Placed<WarehouseEvent>[]): readonly Placed<WarehouseEvent>[] =>
  [...told].sort((a, b) => (a.position < b.position ? -1 : 1));

const tell = async (
  tx: Queryable,
  { handles, project }: Projection,
  told: readonly Pick<Placed<ItemEvent>, 'position' | 'recorded'>[],
  upTo: Position,
): Promise<void> => {
  const events = told
    .filter(({ position, recorded }) => position <= upTo && handles.includes(recorded.type))
    .map(({ recorded }) => recorded);
  if (events.length === 0) return;
  for (const statement of project(events)) await tx.query(statement);
};
