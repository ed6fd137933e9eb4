import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, knownProblems, ProblemException, Problems, UuidParam, type Page } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import { catalogReader } from '../../catalog.tokens';
import { readSkuMapping, readSkuMappings, type SkuMappingRow } from './sku-mappings.query';
import { SkuMappingDocument, SkuMappingsQuery } from './sku-mappings.requests';

@ApiTags('SKU mappings')
@Controller('v1/catalog/accounts/:accountId/channels/:channelId/sku-mappings')
export class SkuMappingsViewController {
  constructor(
    @Inject(catalogReader) private readonly reader: TenantReader,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('catalog:read')
  @AwaitsView('sku-mappings')
  @ApiOperation({ operationId: 'listSkuMappings', summary: 'What the channel calls our SKUs, in the order of the last change' })
  @ApiPage(SkuMappingDocument)
  async list(
    @Caller() { accountId }: Caller,
    @UuidParam('channelId') channelId: string,
    @Query() query: SkuMappingsQuery,
  ): Promise<Page<SkuMappingDocument>> {
    const list = `sku mappings ${accountId} ${channelId}`;
    const after = this.cursors.after<{ position: string }>(list, query)?.position ?? null;
    const rows = await readSkuMappings(this.reader, { accountId, channelId }, query.removed ?? null, { after, limit: query.limit });
    return this.cursors.page(list, query, rows, { item: documentOf, place: ({ position }) => ({ position }) });
  }

  @Get(':theirs')
  @Requires('catalog:read')
  @AwaitsView('sku-mappings')
  @ApiOperation({ operationId: 'getSkuMapping', summary: 'Which SKU a name of the channel stands for' })
  @ApiOkResponse({ type: SkuMappingDocument })
  @Problems(knownProblems.notFound)
  async one(
    @Caller() { accountId }: Caller,
    @UuidParam('channelId') channelId: string,
    @Param('theirs') theirs: string,
  ): Promise<SkuMappingDocument> {
    const row = await readSkuMapping(this.reader, { accountId, channelId }, theirs);
    if (row === null) throw new ProblemException(knownProblems.notFound);
    return documentOf(row);
  }
}

const documentOf = ({ position: _, ...row }: SkuMappingRow): SkuMappingDocument => row;
