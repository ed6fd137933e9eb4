import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, ListQuery, type Page } from '@stockproof/http-problems';
import { TenancyParts } from '../../tenancy.parts';
import { accountApiKeys, type ApiKeyRow } from './api-keys.query';
import { ApiKeyDocument } from './api-keys.requests';

@ApiTags('API keys')
@Controller('v1/tenancy/accounts/:accountId/api-keys')
export class ApiKeysViewController {
  constructor(
    @Inject(TenancyParts) private readonly parts: TenancyParts,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Requires('api-key:manage')
  @AwaitsView('api-keys')
  @ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'listApiKeys', summary: 'Keys of the account, revoked ones included; never the keys themselves' })
  @ApiPage(ApiKeyDocument)
  async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<ApiKeyDocument>> {
    const list = `api-keys ${accountId}`;
    const after = this.cursors.after<{ id: string }>(list, query)?.id ?? null;
    const rows = await accountApiKeys(this.parts.runtime.databases.reader, accountId, { after, limit: query.limit + 1 });
    return this.cursors.page(list, query, rows, { item: documentOf, place: (row) => ({ id: row.key_id }) });
  }
}

const documentOf = ({ key_id, name, scopes, mode, created_at, expires_at, revoked_at }: ApiKeyRow): ApiKeyDocument => ({
  keyId: key_id,
  name,
  scopes,
  mode,
  createdAt: created_at,
  expiresAt: expires_at,
  revokedAt: revoked_at,
});
