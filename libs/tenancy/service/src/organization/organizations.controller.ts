import { Body, Controller, HttpCode, Inject, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, ProblemException, Problems } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { organizationStream } from '../aggregates';
import { TenancyParts } from '../tenancy.parts';
import { emailTaken, organizationProblems } from './organization.problems';
import { CreatedOrganization, OrganizationNameRequest, OrganizationRequest } from './organizations.requests';
import { sentSettings, SettingsRequest } from './settings.requests';

@ApiTags('Organizations')
@Controller('v1/tenancy/organizations')
export class OrganizationsController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post()
  @Requires('organization:create')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'createOrganization', summary: 'Create an organization with its first owner' })
  @ApiCreatedResponse({ type: CreatedOrganization })
  @Problems(organizationProblems, emailTaken)
  async create(
    @Caller() caller: Caller<null>,
    @Body() body: OrganizationRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedOrganization> {
    const { commandId } = caller.context();
    const organizationId = derivedId(commandId, 'organization');
    const ownerId = derivedId(commandId, 'owner');
    const inside = (seed: string) => ({ ...caller.context(seed), organizationId });
    const { owner, name, timeZone, licenceOwner = null } = body;
    const registered = await this.parts.registration.register(
      { userId: ownerId, organizationId, accountId: null },
      { ...owner, timeZone: owner.timeZone ?? null },
      inside('owner'),
    );
    if (registered.outcome === 'e-mail taken') throw new ProblemException(emailTaken);
    const handled = await this.parts.tenancy.organizations.handle(
      organizationStream(organizationId),
      { type: 'CreateOrganization', data: { organizationId, name, timeZone, licenceOwner, ownerId } },
      inside('organization'),
    );
    answer(handled, organizationProblems, reply);
    return { organizationId, ownerId };
  }

  @Put(':organizationId/name')
  @Requires('organization:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'renameOrganization', summary: 'Give the organization another name' })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async rename(
    @Caller() caller: Caller<null>,
    @Body() { name }: OrganizationNameRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { organizationId } = caller;
    answer(
      await this.parts.tenancy.organizations.handle(
        organizationStream(organizationId),
        { type: 'RenameOrganization', data: { name } },
        caller.context(),
      ),
      organizationProblems,
      reply,
    );
  }

  @Patch(':organizationId/defaults')
  @Requires('organization:write')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'changeOrganizationDefaults',
    summary: 'Change what accounts inherit',
    description: 'Reaches every account that has not set its own.',
  })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async changeDefaults(
    @Caller() caller: Caller<null>,
    @Body() body: SettingsRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const command = { type: 'ChangeDefaults', data: { defaults: sentSettings(body) } } as const;
    answer(
      await this.parts.tenancy.organizations.handle(organizationStream(caller.organizationId), command, caller.context()),
      organizationProblems,
      reply,
    );
  }
}
