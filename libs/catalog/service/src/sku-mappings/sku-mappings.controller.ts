import { Body, Controller, Delete, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { answer, knownProblems, positionToken, ProblemException, problemOf, Problems, UuidParam } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { FastifyReply } from 'fastify';
import { skuMappingStream } from '../catalog.streams';
import { catalogMappingSkus } from '../catalog.tokens';
import { knowsChannel, mapSku, type MappingSkus } from './mapping-skus';
import { skuMappingProblems } from './sku-mappings.problems';
import {
  AddressedName,
  SkuMappingBatch,
  SkuMappingBatchAnswer,
  SkuMappingRequest,
  SkuMappingWritten,
  type SkuMappingOfBatch,
  type SkuMappingOutcome,
} from './sku-mappings.requests';

type Mapped = { readonly outcome: SkuMappingOutcome; readonly position: string };

@ApiTags('SKU mappings')
@Controller('v1/catalog/accounts/:accountId/channels/:channelId')
export class SkuMappingsController {
  constructor(@Inject(catalogMappingSkus) private readonly mapping: MappingSkus) {}

  @Put('sku-mappings/:theirs')
  @Requires('catalog:write')
  @ApiOperation({ operationId: 'mapSku', summary: 'Say which SKU a name of the channel stands for' })
  @ApiOkResponse({ type: SkuMappingWritten })
  @Problems(skuMappingProblems)
  async map(
    @AddressedName() { caller, theirs }: AddressedName,
    @UuidParam('channelId') channelId: string,
    @Body() { sku }: SkuMappingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SkuMappingWritten> {
    const known = await knowsChannel(this.mapping.channels, caller.accountId, channelId);
    const context = { ...caller.context(), accountId: caller.accountId };
    const { revision } = answer(await mapSku(this.mapping, { channelId, theirs, sku }, known, context), skuMappingProblems, reply);
    return this.writtenAt(caller, channelId, theirs, revision);
  }

  @Delete('sku-mappings/:theirs')
  @HttpCode(200)
  @Requires('catalog:write')
  @ApiOperation({ operationId: 'removeSkuMapping', summary: 'Take a name of the channel as it is again' })
  @ApiOkResponse({ type: SkuMappingWritten })
  @Problems(skuMappingProblems)
  async remove(
    @AddressedName() { caller, theirs }: AddressedName,
    @UuidParam('channelId') channelId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SkuMappingWritten> {
    const { streams, clock } = this.mapping;
    const command = { type: 'RemoveSkuMapping', data: { now: clock.now() } } as const;
    const stream = skuMappingStream(caller.accountId, channelId, theirs);
    const { revision } = answer(await streams.skuMappings.handle(stream, command, caller.context()), skuMappingProblems, reply);
    return { theirs, sku: null, revision };
  }

  @Post('sku-mappings::batch')
  @HttpCode(200)
  @Requires('catalog:write')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'mapSkus', summary: 'Say it of up to 500 names; each has its own outcome' })
  @ApiOkResponse({ type: SkuMappingBatchAnswer })
  @Problems(knownProblems.notFound)
  async mapMany(
    @Caller() caller: Caller,
    @UuidParam('channelId') channelId: string,
    @Body() { mappings }: SkuMappingBatch,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SkuMappingBatchAnswer> {
    if (!(await knowsChannel(this.mapping.channels, caller.accountId, channelId))) throw new ProblemException(knownProblems.notFound);
    const mapped = await Promise.all(mappings.map((each, index) => this.mapOfBatch(caller, channelId, each, index)));
    const last =
      mapped
        .map(({ position }) => position)
        .sort()
        .at(-1) ?? '';
    if (last !== '') reply.header('stockproof-position', positionToken('catalog', last));
    return { outcomes: mapped.map(({ outcome }) => outcome) };
  }

  private async mapOfBatch(caller: Caller, channelId: string, { theirs, sku }: SkuMappingOfBatch, index: number): Promise<Mapped> {
    const context = { ...caller.context(`mapping ${index}`), accountId: caller.accountId };
    const handled = await mapSku(this.mapping, { channelId, theirs, sku }, true, context);
    if (handled.outcome === 'accepted') return { outcome: { theirs, outcome: 'mapped', code: null }, position: handled.position };
    const { code } = problemOf(handled.rejection, skuMappingProblems);
    return { outcome: { theirs, outcome: 'refused', code }, position: '' };
  }

  private async writtenAt({ accountId }: Caller, channelId: string, theirs: string, revision: number): Promise<SkuMappingWritten> {
    const { state } = await this.mapping.streams.skuMappings.load(skuMappingStream(accountId, channelId, theirs));
    return state.status === 'mapped' ? { theirs: state.theirs, sku: state.sku, revision } : { theirs, sku: null, revision };
  }
}
