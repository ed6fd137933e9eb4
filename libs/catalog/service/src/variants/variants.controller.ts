import { Body, Controller, HttpCode, Inject, Patch, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import type { VariantCommand } from '@stockproof/catalog-domain';
import { answer, knownProblems, positionToken, ProblemException, problemOf, Problems, RequiredIfMatch } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { variantStream, type CatalogStreams } from '../catalog.streams';
import { catalogClock, catalogStreamsToken } from '../catalog.tokens';
import { warningsOfEdit } from '../product-source/edit-warning';
import { addVariant, knowsProduct } from './adding-variants';
import { variantProblems } from './variants.problems';
import {
  AddressedVariant,
  changesIn,
  describedIn,
  VariantBatch,
  VariantBatchAnswer,
  VariantChanges,
  VariantEdited,
  VariantRequest,
  VariantWritten,
  type VariantOutcome,
} from './variants.requests';

type Added = { readonly outcome: VariantOutcome; readonly position: string };

@ApiTags('Variants')
@Controller('v1/catalog/accounts/:accountId')
export class VariantsController {
  constructor(
    @Inject(catalogStreamsToken) private readonly streams: CatalogStreams,
    @Inject(catalogClock) private readonly clock: Clock,
  ) {}

  @Post('variants')
  @Requires('catalog:write')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'addVariant', summary: 'Add a variant or a bundle under its SKU' })
  @ApiCreatedResponse({ type: VariantWritten })
  @Problems(variantProblems)
  async add(
    @Caller() caller: Caller,
    @Body() body: VariantRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VariantWritten> {
    const { revision } = answer(await this.addOne(caller, body), variantProblems, reply);
    return this.writtenAt(variantStream(caller.accountId, body.sku), revision);
  }

  @Post('variants::batch')
  @HttpCode(200)
  @Requires('catalog:write')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'addVariants', summary: 'Add up to 500 variants, then the bundles among them; each has its own outcome' })
  @ApiOkResponse({ type: VariantBatchAnswer })
  async addMany(
    @Caller() caller: Caller,
    @Body() { variants }: VariantBatch,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VariantBatchAnswer> {
    const added = new Map<number, Added>();
    const addAll = (those: readonly (readonly [number, VariantRequest])[]) =>
      Promise.all(those.map(async ([index, variant]) => added.set(index, await this.addOfBatch(caller, index, variant))));
    const numbered = variants.map((variant, index) => [index, variant] as const);
    await addAll(numbered.filter(([, { components = [] }]) => components.length === 0));
    await addAll(numbered.filter(([, { components = [] }]) => components.length > 0));
    const position =
      [...added.values()]
        .map((each) => each.position)
        .sort()
        .at(-1) ?? '';
    if (position !== '') reply.header('stockproof-position', positionToken('catalog', position));
    return { outcomes: numbered.flatMap(([index]) => added.get(index)?.outcome ?? []) };
  }

  @Patch('variants/:sku')
  @HttpCode(200)
  @Requires('catalog:write')
  @ApiOperation({ operationId: 'changeVariant', summary: 'Describe a variant otherwise' })
  @ApiOkResponse({ type: VariantEdited })
  @Problems(variantProblems, knownProblems.preconditionRequired, knownProblems.preconditionFailed)
  async change(
    @AddressedVariant() variant: AddressedVariant,
    @RequiredIfMatch() expectedRevision: number | null,
    @Body() body: VariantChanges,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VariantEdited> {
    const changes = changesIn(body);
    const productKnown = await knowsProduct(this.streams, variant.caller.accountId, changes.productId ?? null);
    const alternates = body.alternates ?? null;
    const command = { type: 'ChangeVariant', data: { changes, alternates, productKnown, now: this.clock.now() } } as const;
    return this.write(variant, command, reply, expectedRevision);
  }

  @Post('variants/:sku/archive')
  @HttpCode(200)
  @Requires('catalog:write')
  @TakesIdempotencyKey()
  @ApiOperation({ operationId: 'archiveVariant', summary: 'End the sale of a variant; what was ordered before stays as it is' })
  @ApiOkResponse({ type: VariantEdited })
  @Problems(variantProblems)
  async archive(@AddressedVariant() variant: AddressedVariant, @Res({ passthrough: true }) reply: FastifyReply): Promise<VariantEdited> {
    return this.write(variant, { type: 'ArchiveVariant', data: { now: this.clock.now() } }, reply, null);
  }

  private addOne(caller: Caller, { components = [], ...body }: VariantRequest, seed?: string) {
    const parts = components.map(({ sku, quantity }) => ({ sku, quantity }));
    const variant = { sku: body.sku, description: describedIn(body), components: parts };
    return addVariant(this.streams, variant, this.clock.now(), { ...caller.context(seed), accountId: caller.accountId });
  }

  private async addOfBatch(caller: Caller, index: number, body: VariantRequest): Promise<Added> {
    const handled = await this.addOne(caller, body, `variant ${index}`);
    if (handled.outcome === 'accepted') {
      const { variantId, sku } = await this.writtenAt(variantStream(caller.accountId, body.sku), handled.revision);
      return { outcome: { sku, outcome: 'added', variantId, code: null, detail: null }, position: handled.position };
    }
    const { code, detail, errors = [] } = problemOf(handled.rejection, variantProblems);
    const because = detail ?? (errors.length === 0 ? null : errors.map(({ message }) => message).join('; '));
    return { outcome: { sku: body.sku, outcome: 'refused', variantId: null, code, detail: because }, position: '' };
  }

  private async write(
    { caller, sku }: AddressedVariant,
    command: VariantCommand,
    reply: FastifyReply,
    expectedRevision: number | null,
  ): Promise<VariantEdited> {
    const stream = variantStream(caller.accountId, sku);
    const handled = await this.streams.variants.handle(
      stream,
      command,
      caller.context(),
      expectedRevision === null ? {} : { expectedRevision },
    );
    const { revision } = answer(handled, variantProblems, reply);
    return { ...(await this.writtenAt(stream, revision)), warnings: await warningsOfEdit(this.streams, caller.accountId) };
  }

  private async writtenAt(stream: string, revision: number): Promise<VariantWritten> {
    const { state } = await this.streams.variants.load(stream);
    if (state.status === 'unknown') throw new ProblemException(knownProblems.notFound);
    return { variantId: state.variantId, sku: state.sku, revision };
  }
}
