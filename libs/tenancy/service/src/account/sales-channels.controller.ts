import { Body, Controller, HttpCode, Inject, Patch, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, Problems, UuidParam } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import { salesChannelWork, type AccountCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { accountStream } from '../aggregates';
import { TenancyParts } from '../tenancy.parts';
import { accountProblems } from './account.problems';
import { sentChanges } from './sales-channel-changes';
import { CreatedSalesChannel, SalesChannelEditRequest, SalesChannelRequest } from './sales-channels.requests';

@ApiTags('Sales channels')
@ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
@Controller('v1/tenancy/accounts/:accountId/sales-channels')
export class SalesChannelsController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post()
  @Requires('channel:write')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'createSalesChannel', summary: 'Add a shop or marketplace from which orders come' })
  @ApiCreatedResponse({ type: CreatedSalesChannel })
  @Problems(accountProblems)
  async create(
    @Caller() caller: Caller,
    @Body() body: SalesChannelRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedSalesChannel> {
    const channelId = derivedId(caller.context().commandId, 'sales channel');
    const { code, name, connector, credentials } = body;
    const channel = {
      ...salesChannelWork,
      ...{ channelId, code, name, connector, endpointUrl: null, defaultOrderStatus: null, holdDelayMs: null, publishedWarehouses: [] },
      sealedCredentials: credentials ? this.parts.credentials.seal(channelId, credentials) : null,
      ...sentChanges(body),
    };
    await this.handle(caller, { type: 'CreateSalesChannel', data: channel }, reply);
    return { channelId };
  }

  @Patch(':channelId')
  @Requires('channel:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'editSalesChannel', summary: 'Change what of a sales channel may change' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async edit(
    @Caller() caller: Caller,
    @UuidParam('channelId') channelId: string,
    @Body() body: SalesChannelEditRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { credentials } = body;
    const sealed = credentials ? { sealedCredentials: this.parts.credentials.seal(channelId, credentials) } : {};
    await this.handle(caller, { type: 'EditSalesChannel', data: { channelId, changes: { ...sentChanges(body), ...sealed } } }, reply);
  }

  @Post(':channelId/activate')
  @Requires('channel:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'activateSalesChannel', summary: 'Let the jobs of the sales channel run' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async activate(
    @Caller() caller: Caller,
    @UuidParam('channelId') channelId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'EditSalesChannel', data: { channelId, changes: { status: 'active' } } }, reply);
  }

  @Post(':channelId/pause')
  @Requires('channel:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'pauseSalesChannel', summary: 'Let the jobs of the sales channel rest for a while' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async pause(
    @Caller() caller: Caller,
    @UuidParam('channelId') channelId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'EditSalesChannel', data: { channelId, changes: { status: 'paused' } } }, reply);
  }

  @Post(':channelId/disable')
  @Requires('channel:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'disableSalesChannel', summary: 'Stop using the sales channel; what it brought stays' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async disable(
    @Caller() caller: Caller,
    @UuidParam('channelId') channelId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.handle(caller, { type: 'EditSalesChannel', data: { channelId, changes: { status: 'disabled' } } }, reply);
  }

  private async handle(caller: Caller, command: AccountCommand, reply: FastifyReply): Promise<void> {
    answer(await this.parts.tenancy.accounts.handle(accountStream(caller.accountId), command, caller.context()), accountProblems, reply);
  }
}
