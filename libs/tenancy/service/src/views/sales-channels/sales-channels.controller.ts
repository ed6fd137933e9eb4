import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, ListQuery, type Page } from '@stockproof/http-problems';
import { TenancyParts } from '../../tenancy.parts';
import { accountSalesChannels, type SalesChannelRow } from './sales-channels.query';
import { SalesChannelDocument } from './sales-channels.requests';

@ApiTags('Sales channels')
@Controller('v1/tenancy/accounts/:accountId/sales-channels')
export class SalesChannelsViewController {
  constructor(
    @Inject(TenancyParts) private readonly parts: TenancyParts,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('channel:read')
  @AwaitsView('sales-channels')
  @ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'listSalesChannels', summary: 'Where the orders of the account come from' })
  @ApiPage(SalesChannelDocument)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<SalesChannelDocument>> {
    const list = `sales-channels ${accountId}`;
    const after = this.cursors.after<{ id: string }>(list, query)?.id ?? null;
    const rows = await accountSalesChannels(this.parts.runtime.databases.reader, accountId, { after, limit: query.limit + 1 });
    return this.cursors.page(list, query, rows, { item: documentOf, place: (row) => ({ id: row.channel_id }) });
  }
}

const documentOf = (row: SalesChannelRow): SalesChannelDocument => ({
  channelId: row.channel_id,
  code: row.code,
  name: row.name,
  connector: row.connector,
  endpointUrl: row.endpoint_url,
  hasCredentials: row.has_credentials,
  defaultOrderStatus: row.default_order_status,
  holdDelayMs: row.hold_delay_ms,
  publishedWarehouses: row.published_warehouses,
  status: row.status,
  jobPeriodsMs: row.job_periods_ms,
  carrierMappings: row.carrier_mappings,
  warehouseMappings: row.warehouse_mappings,
  stockPublication: row.stock_publication,
});
