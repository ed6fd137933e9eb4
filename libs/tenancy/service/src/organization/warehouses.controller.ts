import { Body, Controller, Delete, HttpCode, Inject, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, Problems, UuidParam } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { OrganizationCommand } from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { organizationStream } from '../aggregates';
import { TenancyParts } from '../tenancy.parts';
import { organizationProblems } from './organization.problems';
import { warehouseUses } from './warehouse-uses';
import { CreatedWarehouse, MembersRequest, WarehouseEditRequest, WarehouseRequest } from './warehouses.requests';

@ApiTags('Warehouses')
@ApiParam({ name: 'organizationId', schema: { type: 'string', format: 'uuid' } })
@Controller('v1/tenancy/organizations/:organizationId/warehouses')
export class WarehousesController {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  @Post()
  @Requires('warehouse:write')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'createWarehouse', summary: 'Create a physical or a virtual warehouse' })
  @ApiCreatedResponse({ type: CreatedWarehouse })
  @Problems(organizationProblems)
  async create(
    @Caller() caller: Caller<null>,
    @Body() body: WarehouseRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedWarehouse> {
    const warehouseId = derivedId(caller.context().commandId, 'warehouse');
    const { code, name, kind, priority, timeZone = null, members } = body;
    const address = body.address ? { ...body.address } : null;
    await this.handle(
      caller,
      { type: 'CreateWarehouse', data: { warehouseId, code, name, kind, priority, timeZone, address, members } },
      reply,
    );
    return { warehouseId };
  }

  @Patch(':warehouseId')
  @Requires('warehouse:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'editWarehouse', summary: 'Change name, priority, time zone or address' })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async edit(
    @Caller() caller: Caller<null>,
    @UuidParam('warehouseId') warehouseId: string,
    @Body() { name, priority, timeZone, address }: WarehouseEditRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const sent = Object.entries({ name, priority, timeZone, address: address && { ...address } }).filter(
      ([, value]) => value !== undefined,
    );
    await this.handle(caller, { type: 'EditWarehouse', data: { warehouseId, changes: Object.fromEntries(sent) } }, reply);
  }

  @Put(':warehouseId/members')
  @Requires('warehouse:write')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'changeWarehouseMembers',
    summary: 'Change what a virtual warehouse is made of',
    description: 'Every account that uses it must have enabled each new member.',
  })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async changeMembers(
    @Caller() caller: Caller<null>,
    @UuidParam('warehouseId') warehouseId: string,
    @Body() { members }: MembersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const uses = await warehouseUses(this.parts.tenancy, caller.organizationId, warehouseId);
    await this.handle(caller, { type: 'ChangeMembers', data: { warehouseId, members, enabledIn: uses } }, reply);
  }

  @Delete(':warehouseId')
  @Requires('warehouse:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'archiveWarehouse', summary: 'Archive a warehouse that nothing uses any more' })
  @ApiNoContentResponse()
  @Problems(organizationProblems)
  async archive(
    @Caller() caller: Caller<null>,
    @UuidParam('warehouseId') warehouseId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const uses = await warehouseUses(this.parts.tenancy, caller.organizationId, warehouseId);
    await this.handle(
      caller,
      { type: 'ArchiveWarehouse', data: { warehouseId, enabledIn: uses.map(({ accountId }) => accountId) } },
      reply,
    );
  }

  private async handle(caller: Caller<null>, command: OrganizationCommand, reply: FastifyReply): Promise<void> {
    answer(
      await this.parts.tenancy.organizations.handle(organizationStream(caller.organizationId), command, caller.context()),
      organizationProblems,
      reply,
    );
  }
}
