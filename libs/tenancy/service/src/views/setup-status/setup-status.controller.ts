import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { AwaitsView } from '@stockproof/http-problems';
import { TenancyParts } from '../../tenancy.parts';
import { accountSetup, organizationSetup } from './setup-status.query';
import { SetupStatusDocument } from './setup-status.requests';

@ApiTags('Set-up')
@Controller('v1/tenancy')
export class SetupStatusController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Get('organizations/:organizationId/setup-status')
  @Requires('organization:read')
  @AwaitsView('setup-status')
  @ApiParam({ name: 'organizationId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'readOrganizationSetup', summary: 'What is set up, in order, and what still blocks' })
  @ApiOkResponse({ type: SetupStatusDocument })
  ofOrganization(@Caller() { organizationId }: Caller<null>): Promise<SetupStatusDocument> {
    return organizationSetup(this.parts.runtime.databases.reader, organizationId);
  }

  @Get('accounts/:accountId/setup-status')
  @Requires('account:read')
  @AwaitsView('setup-status')
  @ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'readAccountSetup', summary: 'What is set up, in order, and what still blocks the first order' })
  @ApiOkResponse({ type: SetupStatusDocument })
  ofAccount(@Caller() { accountId }: Caller): Promise<SetupStatusDocument> {
    return accountSetup(this.parts.runtime.databases.reader, accountId);
  }
}
