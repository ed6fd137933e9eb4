import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import {
  ApiPage,
  AwaitsView,
  Cursors,
  knownProblems,
  ListQuery,
  ProblemException,
  setRevision,
  type Page,
} from '@stockproof/http-problems';
import { effectiveChoices, originOf, settingNames } from '@stockproof/tenancy-domain';
import type { FastifyReply } from 'fastify';
import { TenancyParts } from '../../tenancy.parts';
import { findAccount, organizationAccounts, type AccountRow } from './accounts.query';
import { AccountDocument, SettingDocument } from './accounts.requests';

@ApiTags('Accounts')
@ApiExtraModels(SettingDocument)
@Controller('v1/tenancy')
export class AccountsViewController {
  constructor(
    @Inject(TenancyParts) private readonly parts: TenancyParts,
    private readonly cursors: Cursors,
  ) {}

  @Get('organizations/:organizationId/accounts')
  @Requires('organization:read')
  @AwaitsView('accounts')
  @ApiParam({ name: 'organizationId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'listAccounts', summary: 'All accounts of the organization' })
  @ApiPage(AccountDocument)
  async list(@Caller() { organizationId }: Caller<null>, @Query() query: ListQuery): Promise<Page<AccountDocument>> {
    const list = `accounts ${organizationId}`;
    const after = this.cursors.after<{ id: string }>(list, query)?.id ?? null;
    const rows = await organizationAccounts(this.parts.runtime.databases.reader, organizationId, { after, limit: query.limit + 1 });
    return this.cursors.page(list, query, rows, { item: documentOf, place: (row) => ({ id: row.account_id }) });
  }

  @Get('accounts/:accountId')
  @Requires('account:read')
  @AwaitsView('accounts')
  @ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'readAccount', summary: 'One account, each setting with its value and origin' })
  @ApiOkResponse({ type: AccountDocument })
  async read(@Caller() { accountId }: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountDocument> {
    const row = await findAccount(this.parts.runtime.databases.reader, accountId);
    if (!row) throw new ProblemException(knownProblems.notFound);
    setRevision(reply, row.revision);
    return documentOf(row);
  }
}

const documentOf = ({
  account_id,
  organization_id,
  code,
  name,
  licence,
  enabled,
  default_warehouse_id,
  own_settings,
  inherited_settings,
  choices,
}: AccountRow): AccountDocument => ({
  accountId: account_id,
  organizationId: organization_id,
  code,
  name,
  licence,
  enabled,
  defaultWarehouseId: default_warehouse_id,
  ...effectiveChoices(choices),
  settings: Object.fromEntries(
    settingNames.map((setting) => [
      setting,
      { value: { ...inherited_settings, ...own_settings }[setting], origin: originOf(setting, own_settings) },
    ]),
  ),
});
