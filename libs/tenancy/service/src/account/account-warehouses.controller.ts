import { Body, Controller, Delete, HttpCode, Inject, Put, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, knownProblems, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import { fulfillmentChannelWork, type FulfillmentChannel, type Warehouse } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { accountStream, organizationStream } from '../aggregates';
import { latestState } from '../latest-state';
import { TenancyParts } from '../tenancy.parts';
import { EnabledWarehouseDocument, EnableWarehouseRequest, FulfillmentChannelRequest } from './account-warehouses.requests';
import { accountProblems } from './account.problems';
import { carrierServiceOf } from './channel-work.requests';

@ApiTags('Warehouses of an account')
@ApiParam({ name: 'accountId', schema: { type: 'string', format: 'uuid' } })
@Controller('v1/tenancy/accounts/:accountId/warehouses')
export class AccountWarehousesController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Put(':warehouseId')
  @Requires('account:write')
  @ApiOperation({ operationId: 'enableWarehouse', summary: 'Enable a warehouse for the account, or change its fulfillment channel' })
  @ApiOkResponse({ type: EnabledWarehouseDocument })
  @Problems(accountProblems)
  async enable(
    @Caller() caller: Caller,
    @UuidParam('warehouseId') warehouseId: string,
    @Body() { fulfillmentChannel }: EnableWarehouseRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnabledWarehouseDocument> {
    const { warehouse, organizationRevision } = await this.warehouseOf(caller, warehouseId);
    const { code, kind, priority, members } = warehouse;
    const channel = await this.channelFor(
      caller,
      warehouseId,
      kind === 'physical' ? (fulfillmentChannel ?? new FulfillmentChannelRequest()) : fulfillmentChannel,
    );
    const command = {
      type: 'EnableWarehouse',
      data: { warehouseId, code, kind, priority, members, organizationRevision, channel },
    } as const;
    answer(await this.parts.tenancy.accounts.handle(accountStream(caller.accountId), command, caller.context()), accountProblems, reply);
    return { warehouseId, channelId: channel?.channelId ?? null };
  }

  @Delete(':warehouseId')
  @Requires('account:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'disableWarehouse', summary: 'Disable a warehouse that the account needs no more' })
  @ApiNoContentResponse()
  @Problems(accountProblems)
  async disable(
    @Caller() caller: Caller,
    @UuidParam('warehouseId') warehouseId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const command = { type: 'DisableWarehouse', data: { warehouseId, uses: [] } } as const;
    answer(await this.parts.tenancy.accounts.handle(accountStream(caller.accountId), command, caller.context()), accountProblems, reply);
  }

  private async warehouseOf(
    { organizationId }: Caller,
    warehouseId: string,
  ): Promise<{ readonly warehouse: Warehouse; readonly organizationRevision: number }> {
    const { organizations } = this.parts.tenancy;
    const stream = organizationStream(organizationId);
    await latestState(organizations, stream);
    const { state, revision } = await organizations.load(stream);
    const warehouse = state.warehouses.get(warehouseId);
    if (!warehouse || warehouse.archived) throw new ProblemException(knownProblems.notFound);
    return { warehouse, organizationRevision: revision };
  }

  /** The channel keeps its id, and its credentials unless new ones were sent. */
  private async channelFor(
    { accountId }: Caller,
    warehouseId: string,
    asked: FulfillmentChannelRequest | undefined,
  ): Promise<FulfillmentChannel | null> {
    if (asked === undefined) return null;
    const before = (await latestState(this.parts.tenancy.accounts, accountStream(accountId))).warehouses.get(warehouseId)?.channel;
    const channelId = before?.channelId ?? derivedId('fulfillment channel', accountId, warehouseId);
    const sealedCredentials = asked.credentials
      ? this.parts.credentials.seal(channelId, asked.credentials)
      : (before?.sealedCredentials ?? null);
    return describedChannel(asked, { ...fulfillmentChannelWork, ...before, channelId, sealedCredentials });
  }
}

/** Without a warehouse system behind it, a channel has nobody to call. */
const describedChannel = (
  asked: FulfillmentChannelRequest,
  before: Pick<FulfillmentChannel, 'channelId' | 'sealedCredentials' | 'status'>,
): FulfillmentChannel => {
  const { applicationType, backOrderMode, reportMeaning, finalReceipts, jobPeriodsMs, carrierMappings } = asked;
  const { channelId, sealedCredentials } = before;
  const { status = before.status, connector = null, endpointUrl = null } = asked;
  const peer =
    applicationType === 'none'
      ? { connector: null, endpointUrl: null, sealedCredentials: null }
      : { connector, endpointUrl, sealedCredentials };
  return {
    ...{ channelId, applicationType, backOrderMode, reportMeaning, finalReceipts, status, jobPeriodsMs, ...peer },
    carrierMappings: carrierMappings.map((mapping) => ({ ...carrierServiceOf(mapping), theirs: carrierServiceOf(mapping.theirs) })),
  };
};
