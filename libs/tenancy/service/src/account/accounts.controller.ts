import { Body, Controller, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, Problems } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { AccountCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { accountStream, organizationStream } from '../aggregates';
import { organizationProblems } from '../organization/organization.problems';
import { AccountNameRequest, AccountRequest, CreatedAccount } from '../organization/organizations.requests';
import { TenancyParts } from '../tenancy.parts';
import { accountProblems } from './account.problems';
import { openAccount } from './opening';

@ApiTags('Accounts')
@Controller('v1/tenancy')
export class AccountsController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post('organizations/:organizationId/accounts')
  @Requires('account:create')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'createAccount', summary: 'Create an account; its code follows from its name' })
  @ApiCreatedResponse({ type: CreatedAccount })
  @Problems(organizationProblems)
  async create(
    @Caller() caller: Caller<null>,
    @Body() { name, licence }: AccountRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedAccount> {
    const { organizations, accounts } = this.parts.tenancy;
    const { organizationId } = caller;
    const accountId = derivedId(caller.context().commandId, 'account');
    const stream = organizationStream(organizationId);
    answer(
      await organizations.handle(stream, { type: 'AddAccount', data: { accountId, name, licence } }, caller.context()),
      organizationProblems,
      reply,
    );
    const { state } = await organizations.load(stream);
    const { code } = state.accounts.get(accountId) ?? { code: '' };
    // The organization's word is out: should this process end here, its own consumer opens the account.
    const opened = await openAccount(
      accounts,
      { accountId, organizationId, code, name, licence, defaults: state.defaults },
      caller.context('open'),
    );
    answer(opened, accountProblems, reply);
    return { accountId, code };
  }

  @Put('accounts/:accountId/name')
  @Requires('account:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'renameAccount', summary: 'Give the account another name; its code stays' })
  @ApiNoContentResponse()
  @Problems(organizationProblems, accountProblems)
  async rename(
    @Caller() caller: Caller,
    @Body() { name }: AccountNameRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { organizationId, accountId } = caller;
    const { organizations } = this.parts.tenancy;
    answer(
      await organizations.handle(
        organizationStream(organizationId),
        { type: 'RenameAccount', data: { accountId, name } },
        caller.context('organization'),
      ),
      organizationProblems,
      reply,
    );
    await this.handle(caller, { type: 'FollowName', data: { name } }, reply);
  }

  @Post('accounts/:accountId/disable')
  @Requires('account:enable')
  @HttpCode(204)
  @ApiOperation({ operationId: 'disableAccount', summary: 'Lock account users out and pause all; data stays' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async disable(@Caller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.handle(caller, { type: 'DisableAccount', data: {} }, reply);
  }

  @Post('accounts/:accountId/enable')
  @Requires('account:enable', { whileDisabled: true })
  @HttpCode(204)
  @ApiOperation({ operationId: 'enableAccount', summary: 'Restore a disabled account as it was' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async enable(@Caller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.handle(caller, { type: 'EnableAccount', data: {} }, reply);
  }

  private async handle(caller: Caller, command: AccountCommand, reply: FastifyReply): Promise<void> {
    answer(await this.parts.tenancy.accounts.handle(accountStream(caller.accountId), command, caller.context()), accountProblems, reply);
  }
}
