import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, Cursors, ListQuery, type Page } from '@stockproof/http-problems';
import type { Queryable } from '@stockproof/sql';
import { catalogWriter } from '../catalog.tokens';
import { readExports } from './product-exports';
import { ProductExportDocument } from './product-exports.requests';

@ApiTags('Products')
@Controller('v1/catalog/accounts/:accountId/product-exports')
export class ProductExportsController {
  constructor(
    @Inject(catalogWriter) private readonly database: Queryable,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('catalog:read')
  @ApiOperation({
    operationId: 'listProductExports',
    summary: 'What channels were told of products, when, and what they answered; the newest first',
  })
  @ApiPage(ProductExportDocument)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<ProductExportDocument>> {
    const list = `product exports ${accountId}`;
    const after = this.cursors.after<{ createdAt: string; exportId: string }>(list, query);
    const rows = await readExports(this.database, accountId, after, query.limit);
    return this.cursors.page(list, query, rows, { item: (row) => row, place: ({ createdAt, exportId }) => ({ createdAt, exportId }) });
  }
}
