import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, AwaitsView, Cursors, ListQuery, type Page } from '@stockproof/http-problems';
import { TenancyParts } from '../../tenancy.parts';
import { accountUsers, organizationUsers, type UserRow } from './users.query';
import { UserDocument } from './users.requests';

@ApiTags('Users')
@Controller('v1/tenancy')
export class UsersViewController {
  constructor(
    @Inject(TenancyParts) private readonly parts: TenancyParts,
    private readonly cursors: Cursors,
  ) {}

  @Get('organizations/:organizationId/users')
  @Requires('organization:read')
  @AwaitsView('users')
  @ApiParam({ name: 'organizationId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'listOrganizationUsers', summary: 'Who reaches every account' })
  @ApiPage(UserDocument)
  ofOrganization(@Caller() { organizationId }: Caller<null>, @Query() query: ListQuery): Promise<Page<UserDocument>> {
    return this.page(`organization-users ${organizationId}`, query, (after) =>
      organizationUsers(this.parts.runtime.databases.reader, organizationId, { after, limit: query.limit + 1 }),
    );
  }

  @Get('accounts/:accountId/users')
  @Requires('user:read')
  @AwaitsView('users')
  @ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({ operationId: 'listAccountUsers', summary: 'Who reaches this account only' })
  @ApiPage(UserDocument)
  ofAccount(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<UserDocument>> {
    return this.page(`account-users ${accountId}`, query, (after) =>
      accountUsers(this.parts.runtime.databases.reader, accountId, { after, limit: query.limit + 1 }),
    );
  }

  private async page(
    list: string,
    query: ListQuery,
    read: (after: string | null) => Promise<readonly UserRow[]>,
  ): Promise<Page<UserDocument>> {
    const rows = await read(this.cursors.after<{ id: string }>(list, query)?.id ?? null);
    const profiles = await this.parts.registration.profiles(
      rows.map(({ profile_subject, profile_sealed }) =>
        profile_subject === null || profile_sealed === null ? null : { subjectId: profile_subject, sealed: profile_sealed },
      ),
    );
    const documents = rows.map((row, index) => ({
      userId: row.user_id,
      email: profiles[index]?.email ?? null,
      name: profiles[index]?.name ?? null,
      role: row.role,
      active: row.active,
      language: row.language,
      timeZone: row.time_zone,
    }));
    return this.cursors.page(list, query, documents, { item: (user) => user, place: ({ userId }) => ({ id: userId }) });
  }
}
