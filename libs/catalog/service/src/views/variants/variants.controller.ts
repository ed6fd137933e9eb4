import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, knownProblems, ProblemException, setRevision, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import type { FastifyReply } from 'fastify';
import { catalogReader } from '../../catalog.tokens';
import { readVariant, readVariants, type VariantPlace, type VariantRow } from './variants.query';
import { VariantDocument, VariantsQuery } from './variants.requests';

@ApiTags('Variants')
@Controller('v1/catalog/accounts/:accountId/variants')
export class VariantsViewController {
  constructor(
    @Inject(catalogReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('catalog:read')
  @AwaitsView('variants')
  @ApiOperation({ operationId: 'listVariants', summary: 'What the account sells, in the order of the last change' })
  @ApiPage(VariantDocument)
  async list(@Caller() { accountId }: Caller, @Query() query: VariantsQuery): Promise<Page<VariantDocument>> {
    const list = `variants ${accountId}`;
    const after = this.cursors.after<VariantPlace>(list, query);
    const rows = await readVariants(
      this.reader,
      accountId,
      { skus: query.sku ?? null, archived: query.archived ?? null, productId: query.productId ?? null },
      { after, limit: query.limit },
    );
    return this.cursors.page(list, query, rows, { item: documentOf, place: ({ position, sku }) => ({ position, sku }) });
  }

  @Get(':sku')
  @Requires('catalog:read')
  @AwaitsView('variants')
  @ApiOperation({ operationId: 'getVariant', summary: 'The variant of a SKU, in whatever spelling' })
  @ApiOkResponse({ type: VariantDocument })
  async one(
    @Caller() { accountId }: Caller,
    @Param('sku') sku: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VariantDocument> {
    const row = await readVariant(this.reader, accountId, sku);
    if (row === null) throw new ProblemException(knownProblems.notFound);
    setRevision(reply, row.revision);
    return documentOf(row);
  }
}

const documentOf = ({ variant_id, product_title, description, position: _, ...row }: VariantRow): VariantDocument => ({
  variantId: variant_id,
  productTitle: product_title,
  ...description,
  ...row,
});
