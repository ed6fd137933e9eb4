import { Body, Controller, Delete, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, knownProblems, ProblemException, problemOf, Problems, UuidParam } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { AccountCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { accountStream } from '../aggregates';
import { granterOf } from '../granter';
import { latestState } from '../latest-state';
import { emailTaken } from '../organization/organization.problems';
import { AccountRoleRequest, AccountUserRequest, CreatedUser } from '../organization/people.requests';
import { TenancyParts } from '../tenancy.parts';
import { stillActive, userProblems } from '../user/user.problems';
import { accountProblems } from './account.problems';

@ApiTags('Account users')
@ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
@Controller('v1/tenancy/accounts/:accountId/users')
export class AccountUsersController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post()
  @Requires('user:manage')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'addAccountUser', summary: 'Add a person who reaches this account only' })
  @ApiCreatedResponse({ type: CreatedUser })
  @Problems(accountProblems, emailTaken)
  async add(
    @Caller() caller: Caller,
    @Body() { role, ...person }: AccountUserRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedUser> {
    const { organizationId, accountId } = caller;
    const { tenancy, registration } = this.parts;
    const userId = derivedId(caller.context().commandId, 'user');
    const command: AccountCommand = { type: 'AddAccountUser', data: { userId, role, by: granterOf(caller) } };
    await this.refuseEarly(accountId, command);
    const registered = await registration.register(
      { userId, organizationId, accountId },
      { ...person, timeZone: person.timeZone ?? null },
      caller.context('person'),
    );
    if (registered.outcome === 'e-mail taken') throw new ProblemException(emailTaken);
    const handled = await tenancy.accounts.handle(accountStream(accountId), command, caller.context());
    if (handled.outcome === 'rejected') await registration.withdraw(userId);
    answer(handled, accountProblems, reply);
    return { userId };
  }

  @Put(':userId/role')
  @Requires('user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'changeAccountRole', summary: 'Give a person another role in the account' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async changeRole(
    @Caller() caller: Caller,
    @UuidParam('userId') userId: string,
    @Body() { role }: AccountRoleRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'ChangeAccountRole', data: { userId, role, by: granterOf(caller) } }, reply);
  }

  @Delete(':userId')
  @Requires('user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deactivateAccountUser', summary: 'Lock a person out; what they did stays' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async deactivate(
    @Caller() caller: Caller,
    @UuidParam('userId') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'DeactivateAccountUser', data: { userId, by: granterOf(caller) } }, reply);
    await this.parts.sessions.endAll(userId, 'deactivated');
  }

  @Post(':userId/reactivate')
  @Requires('user:manage')
  @HttpCode(204)
  @ApiOperation({ operationId: 'reactivateAccountUser', summary: 'Let a person in again, in the role they had' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async reactivate(
    @Caller() caller: Caller,
    @UuidParam('userId') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'ReactivateAccountUser', data: { userId, by: granterOf(caller) } }, reply);
  }

  @Post(':userId/forget')
  @Requires('person:forget')
  @HttpCode(204)
  @ApiOperation({ operationId: 'forgetAccountUser', summary: 'Erase name, e-mail and password of a person who was locked out' })
  @ApiNoContentResponse()
  @Problems(userProblems, stillActive)
  async forget(
    @Caller() caller: Caller,
    @UuidParam('userId') userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const user = (await latestState(this.parts.tenancy.accounts, accountStream(caller.accountId))).users.get(userId);
    if (!user) throw new ProblemException(knownProblems.notFound);
    if (user.active) throw new ProblemException(stillActive);
    answer(await this.parts.registration.forget(caller.organizationId, userId, caller.context()), userProblems, reply);
  }

  private async handle(caller: Caller, command: AccountCommand, reply: FastifyReply): Promise<void> {
    answer(await this.parts.tenancy.accounts.handle(accountStream(caller.accountId), command, caller.context()), accountProblems, reply);
  }

  /** Before anything about the person is kept; the append decides again. */
  private async refuseEarly(accountId: string, command: AccountCommand): Promise<void> {
    const { decision } = await this.parts.tenancy.accounts.preview(accountStream(accountId), command);
    if (decision.outcome === 'rejected' && decision.rejection.type !== 'AccountUserAlreadyThere')
      throw new ProblemException(problemOf(decision.rejection, accountProblems));
  }
}
