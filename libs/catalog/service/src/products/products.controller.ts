import { Body, Controller, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { here } from '@stockproof/catalog-domain';
import { answer, Problems } from '@stockproof/http-problems';
import type { Clock } from '@stockproof/vocabulary';
import type { FastifyReply } from 'fastify';
import { productStream, type CatalogStreams } from '../catalog.streams';
import { catalogClock, catalogStreamsToken } from '../catalog.tokens';
import { warningsOfEdit } from '../product-source/edit-warning';
import { productProblems } from './products.problems';
import { ProductRequest, ProductWritten } from './products.requests';

@ApiTags('Products')
@Controller('v1/catalog/accounts/:accountId/products')
export class ProductsController {
  constructor(
    @Inject(catalogStreamsToken) private readonly streams: CatalogStreams,
    @Inject(catalogClock) private readonly clock: Clock,
  ) {}

  @Put(':productId')
  @Requires('catalog:write')
  @ApiOperation({ operationId: 'describeProduct', summary: 'Describe what groups variants; one that was unknown is known from then on' })
  @ApiOkResponse({ type: ProductWritten })
  @Problems(productProblems)
  async describe(
    @Caller() caller: Caller,
    @Param('productId') productId: string,
    @Body() { title, references }: ProductRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductWritten> {
    const stream = productStream(caller.accountId, productId);
    const changes = { title, ...(references === undefined ? {} : { references }) };
    const command = { type: 'DescribeProduct', data: { productId, changes, origin: here, now: this.clock.now() } } as const;
    const { revision } = answer(await this.streams.products.handle(stream, command, caller.context()), productProblems, reply);
    const { state } = await this.streams.products.load(stream);
    const written = state.status === 'known' ? state.productId : productId;
    return { productId: written, revision, warnings: await warningsOfEdit(this.streams, caller.accountId) };
  }
}
