import { Body, Controller, HttpCode, Inject, Patch, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, Problems, UuidParam } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { AccountCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { accountStream } from '../aggregates';
import { TenancyParts } from '../tenancy.parts';
import { accountProblems } from './account.problems';
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
    const {
      code,
      name,
      connector,
      endpointUrl = null,
      credentials,
      defaultOrderStatus = null,
      holdDelayMs = null,
      publishedWarehouses = [],
    } = body;
    const sealedCredentials = credentials ? this.parts.credentials.seal(channelId, credentials) : null;
    const channel = {
      channelId,
      code,
      name,
      connector,
      endpointUrl,
      sealedCredentials,
      defaultOrderStatus,
      holdDelayMs,
      publishedWarehouses,
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
    @Body() { credentials, name, endpointUrl, defaultOrderStatus, holdDelayMs, publishedWarehouses }: SalesChannelEditRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const sealedCredentials = credentials && this.parts.credentials.seal(channelId, credentials);
    const sent = Object.entries({ name, endpointUrl, defaultOrderStatus, holdDelayMs, publishedWarehouses, sealedCredentials }).filter(
      ([, value]) => value !== undefined,
    );
    await this.handle(caller, { type: 'EditSalesChannel', data: { channelId, changes: Object.fromEntries(sent) } }, reply);
  }

  private async handle(caller: Caller, command: AccountCommand, reply: FastifyReply): Promise<void> {
    answer(await this.parts.tenancy.accounts.handle(accountStream(caller.accountId), command, caller.context()), accountProblems, reply);
  }
}
