import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { stockReader } from '../../stock.tokens';
import { readAllocations, type AllocationRow } from './allocations.query';
import { AllocationAttempt, AllocationsQuery } from './allocations.requests';

@ApiTags('Allocations')
@Controller('v1/stock/accounts/:accountId/allocations')
export class AllocationsController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('stock:read')
  @AwaitsView('allocations')
  @ApiOperation({ operationId: 'listAllocations', summary: 'What orders were promised, and who waits for what' })
  @ApiPage(AllocationAttempt)
  async list(@Caller() caller: Caller, @Query() query: AllocationsQuery): Promise<Page<AllocationAttempt>> {
    const list = `allocations ${caller.accountId}`;
    const after = this.cursors.after<{ readonly position: string }>(list, query);
    const filter = { orderId: query.orderId ?? null, status: query.status ?? null };
    const rows = await readAllocations(this.reader, caller.accountId, filter, { after: after?.position ?? null, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: attemptOf, place: ({ position }) => ({ position }) });
  }
}

const attemptOf = ({ order_id, order_number, decided_at, ...row }: AllocationRow): AllocationAttempt => ({
  orderId: order_id,
  attempt: row.attempt,
  kind: row.kind,
  orderNumber: order_number,
  status: row.status,
  units: row.units,
  missing: row.missing,
  reasons: row.reasons,
  behind: row.behind,
  decidedAt: decided_at,
  position: row.position,
});
