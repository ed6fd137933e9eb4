import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, ListQuery, type Page } from '@stockproof/http-problems';
import { TenancyParts } from '../../tenancy.parts';
import { accountWarehouses, type AccountWarehouseRow } from './account-warehouses.query';
import { AccountWarehouseDocument } from './account-warehouses.requests';

@ApiTags('Warehouses of an account')
@Controller('v1/tenancy/accounts/:accountId/warehouses')
export class AccountWarehousesViewController {
  constructor(
    @Inject(TenancyParts) private readonly parts: TenancyParts,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('account:read')
  @AwaitsView('account-warehouses')
  @ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'listAccountWarehouses', summary: 'Enabled warehouses, with what stands behind each' })
  @ApiPage(AccountWarehouseDocument)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<AccountWarehouseDocument>> {
    const list = `account-warehouses ${accountId}`;
    const after = this.cursors.after<{ id: string }>(list, query)?.id ?? null;
    const rows = await accountWarehouses(this.parts.runtime.databases.reader, accountId, { after, limit: query.limit + 1 });
    return this.cursors.page(list, query, rows, { item: documentOf, place: (row) => ({ id: row.warehouse_id }) });
  }
}

const documentOf = ({ warehouse_id, channel, ...row }: AccountWarehouseRow): AccountWarehouseDocument => ({
  warehouseId: warehouse_id,
  fulfillmentChannel: channel,
  ...row,
});
