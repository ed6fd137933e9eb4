import { Body, Controller, Delete, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, knownProblems, ProblemException, problemOf, Problems, UuidParam } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { OrganizationCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { organizationStream } from '../aggregates';
import { granterOf } from '../granter';
import { latestState } from '../latest-state';
import { TenancyParts } from '../tenancy.parts';
import { stillActive, userProblems } from '../user/user.problems';
import { emailTaken, organizationProblems } from './organization.problems';
import { CreatedUser, OrganizationRoleRequest, OrganizationUserRequest } from './people.requests';

@ApiTags('Organization users')
@ApiParam({ name: 'organizationId', schema: { type: 'string', format: 'uuid' } })
@Controller('v1/tenancy/organizations/:organizationId/users')
export class OrganizationUsersController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post()
  @Requires('organization-user:manage')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'addOrganizationUser', summary: 'Add a person who reaches every account' })
  @ApiCreatedResponse({ type: CreatedUser })
  @Problems(organizationProblems, emailTaken)
  async add(
    @Caller() caller: Caller<null>,
    @Body() { role, ...person }: OrganizationUserRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedUser> {
    const { organizationId } = caller;
    const { tenancy, registration } = this.parts;
    const userId = derivedId(caller.context().commandId, 'user');
    const command: OrganizationCommand = { type: 'AddOrganizationUser', data: { userId, role, by: granterOf(caller) } };
    const stream = organizationStream(organizationId);
    await this.refuseEarly(stream, command);
    const owner = { userId, organizationId, accountId: null };
    const registered = await registration.register(owner, { ...person, timeZone: person.timeZone ?? null }, caller.context('person'));
    if (registered.outcome === 'e-mail taken') throw new ProblemException(emailTaken);
    const handled = await tenancy.organizations.handle(stream, command, caller.context());
    if (handled.outcome === 'rejected') await registration.withdraw(userId);
    answer(handled, organizationProblems, reply);
    return { userId };
  }

  @Put(':userId/role')
  @Requires('organization-user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'changeOrganizationRole', summary: 'Give a person another role in the organization' })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async changeRole(
    @Caller() caller: Caller<null>,
    @UuidParam('userId') userId: string,
    @Body() { role }: OrganizationRoleRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'ChangeOrganizationRole', data: { userId, role, by: granterOf(caller) } }, reply);
  }

  @Delete(':userId')
  @Requires('organization-user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deactivateOrganizationUser', summary: 'Lock a person out; what they did stays' })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async deactivate(
    @Caller() caller: Caller<null>,
    @UuidParam('userId') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'DeactivateOrganizationUser', data: { userId, by: granterOf(caller) } }, reply);
    await this.parts.sessions.endAll(userId, 'deactivated');
  }

  @Post(':userId/reactivate')
  @Requires('organization-user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'reactivateOrganizationUser', summary: 'Let a person in again, in the role they had' })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async reactivate(
    @Caller() caller: Caller<null>,
    @UuidParam('userId') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'ReactivateOrganizationUser', data: { userId, by: granterOf(caller) } }, reply);
  }

  @Post(':userId/forget')
  @Requires('organization-user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'forgetOrganizationUser', summary: 'Erase name, e-mail and password of a person who was locked out' })
  @ApiNoContentResponse()
  @Problems(userProblems, stillActive)
  async forget(
    @Caller() caller: Caller<null>,
    @UuidParam('userId') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const user = (await latestState(this.parts.tenancy.organizations, organizationStream(caller.organizationId))).users.get(userId);
    if (!user) throw new ProblemException(knownProblems.notFound);
    if (user.active) throw new ProblemException(stillActive);
    answer(await this.parts.registration.forget(caller.organizationId, userId, caller.context()), userProblems, reply);
  }

  private async handle(caller: Caller<null>, command: OrganizationCommand, reply: FastifyReply): Promise<void> {
    answer(
      await this.parts.tenancy.organizations.handle(organizationStream(caller.organizationId), command, caller.context()),
      organizationProblems,
      reply,
    );
  }

  /** Before anything about the person is kept; the append decides again. */
  private async refuseEarly(stream: string, command: OrganizationCommand): Promise<void> {
    const { decision } = await this.parts.tenancy.organizations.preview(stream, command);
    if (decision.outcome === 'rejected' && decision.rejection.type !== 'UserAlreadyThere')
      throw new ProblemException(problemOf(decision.rejection, organizationProblems));
  }
}
