import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { AwaitsView, knownProblems, ProblemException } from '@stockproof/http-problems';
import { TenancyParts } from '../../tenancy.parts';
import { findOrganization } from './organizations.query';
import { OrganizationDocument } from './organizations.requests';

@ApiTags('Organizations')
@Controller('v1/tenancy/organizations/:organizationId')
export class OrganizationsViewController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Get()
  @Requires('organization:read')
  @AwaitsView('organizations')
  @ApiOperation({ operationId: 'readOrganization', summary: 'The organization and what its accounts inherit' })
  @ApiOkResponse({ type: OrganizationDocument })
  async read(@Caller() { organizationId }: Caller<null>): Promise<OrganizationDocument> {
    const row = await findOrganization(this.parts.runtime.databases.reader, organizationId);
    if (!row) throw new ProblemException(knownProblems.notFound);
    return { organizationId: row.organization_id, name: row.name, licenceOwner: row.licence_owner, defaults: row.defaults };
  }
}
