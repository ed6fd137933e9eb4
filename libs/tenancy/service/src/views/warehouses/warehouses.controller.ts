import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, ListQuery, type Page } from '@stockproof/http-problems';
import { TenancyParts } from '../../tenancy.parts';
import { organizationWarehouses, type WarehouseRow } from './warehouses.query';
import { WarehouseDocument } from './warehouses.requests';

@ApiTags('Warehouses')
@Controller('v1/tenancy/organizations/:organizationId/warehouses')
export class WarehousesViewController {
  constructor(
    @Inject(TenancyParts) private readonly parts: TenancyParts,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('warehouse:read')
  @AwaitsView('warehouses')
  @ApiParam({ name: 'organizationId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'listWarehouses', summary: 'All warehouses of the organization' })
  @ApiPage(WarehouseDocument)
  async list(@Caller() { organizationId }: Caller<null>, @Query() query: ListQuery): Promise<Page<WarehouseDocument>> {
    const list = `warehouses ${organizationId}`;
    const after = this.cursors.after<{ id: string }>(list, query)?.id ?? null;
    const rows = await organizationWarehouses(this.parts.runtime.databases.reader, organizationId, { after, limit: query.limit + 1 });
    return this.cursors.page(list, query, rows, { item: documentOf, place: (row) => ({ id: row.warehouse_id }) });
  }
}

const documentOf = ({ warehouse_id, time_zone, ...row }: WarehouseRow): WarehouseDocument => ({
  warehouseId: warehouse_id,
  timeZone: time_zone,
  ...row,
});
