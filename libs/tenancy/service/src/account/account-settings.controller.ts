import { Body, Controller, HttpCode, Inject, Patch, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, knownProblems, Problems, RequiredIfMatch } from '@stockproof/http-problems';
import type { FastifyReply } from 'fastify';
import { accountStream } from '../aggregates';
import { sentSettings } from '../organization/settings.requests';
import { TenancyParts } from '../tenancy.parts';
import { AccountSettingsRequest, sentChoices } from './account-settings.requests';
import { accountProblems } from './account.problems';

@ApiTags('Accounts')
@Controller('v1/tenancy/accounts/:accountId/settings')
export class AccountSettingsController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Patch()
  @Requires('account:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'chooseAccountSettings', summary: "Set the account's own settings, or inherit them again" })
  @ApiNoContentResponse()
  @Problems(accountProblems, knownProblems.preconditionRequired, knownProblems.preconditionFailed)
  async choose(
    @Caller() caller: Caller,
    @RequiredIfMatch() expectedRevision: number | null,
    @Body() body: AccountSettingsRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { defaultWarehouseId, inherit } = body;
    const chosen = {
      ...{ set: sentSettings(body), inherit, choices: sentChoices(body) },
      ...(defaultWarehouseId === undefined ? {} : { defaultWarehouseId }),
    };
    const options = expectedRevision === null ? {} : { expectedRevision };
    const handled = await this.parts.tenancy.accounts.handle(
      accountStream(caller.accountId),
      { type: 'ChooseSettings', data: chosen },
      caller.context(),
      options,
    );
    answer(handled, accountProblems, reply);
  }
}
