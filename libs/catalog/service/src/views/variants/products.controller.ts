import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, knownProblems, ListQuery, ProblemException, Problems, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { catalogReader } from '../../catalog.tokens';
import { readProduct, readProducts, type ProductRow } from './products.query';
import { ProductDocument } from './products.requests';

@ApiTags('Products')
@Controller('v1/catalog/accounts/:accountId/products')
export class ProductsViewController {
  constructor(
    @Inject(catalogReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('catalog:read')
  @AwaitsView('variants')
  @ApiOperation({ operationId: 'listProducts', summary: 'What groups the variants of the account, in the order of the last change' })
  @ApiPage(ProductDocument)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<ProductDocument>> {
    const list = `products ${accountId}`;
    const after = this.cursors.after<{ position: string }>(list, query)?.position ?? null;
    const rows = await readProducts(this.reader, accountId, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: documentOf, place: ({ position }) => ({ position }) });
  }

  @Get(':productId')
  @Requires('catalog:read')
  @AwaitsView('variants')
  @ApiOperation({ operationId: 'getProduct', summary: 'The product of an id, in whatever spelling' })
  @ApiOkResponse({ type: ProductDocument })
  @Problems(knownProblems.notFound)
  async one(@Caller() { accountId }: Caller, @Param('productId') productId: string): Promise<ProductDocument> {
    const row = await readProduct(this.reader, accountId, productId);
    if (row === null) throw new ProblemException(knownProblems.notFound);
    return documentOf(row);
  }
}

const documentOf = ({ product_id, title, refs, revision }: ProductRow): ProductDocument => ({
  productId: product_id,
  title,
  references: refs,
  revision,
});
