import { Controller, HttpCode, Inject, Post, Req, type RawBodyRequest } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { PublicRoute } from '@stockproof/access';
import { knownProblems, problem, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import type { FastifyRequest } from 'fastify';
import { warehouseUpdates } from '../sales.tokens';
import type { WarehousePushes } from './warehouse-pushes';

const untrusted = problem(401, 'push-untrusted', 'The signature is missing, wrong or too old');
const unreadable = problem(422, 'push-unreadable', 'The push cannot be read');

/** How many things a push said, and how many were about something known. */
export class PushAnswer {
  @ApiProperty({ type: 'integer' })
  readonly received!: number;
  @ApiProperty({ type: 'integer' })
  readonly applied!: number;
}

@ApiTags('Channels')
@Controller('v1/sales/accounts/:accountId/warehouses/:warehouseId/pushes')
export class WarehousePushesController {
  constructor(@Inject(warehouseUpdates) private readonly pushes: WarehousePushes) {}

  /** Signed by the warehouse system; who cannot sign learns nothing, not even whether the account exists. */
  @Post()
  @HttpCode(200)
  @PublicRoute()
  @ApiOperation({ operationId: 'receiveWarehousePush', summary: 'Signed news from a warehouse system' })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @ApiOkResponse({ type: PushAnswer })
  @Problems(untrusted, unreadable, knownProblems.notFound)
  async receive(
    @UuidParam('accountId') accountId: string,
    @UuidParam('warehouseId') warehouseId: string,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ): Promise<PushAnswer> {
    const taken = await this.pushes.take({ accountId, warehouseId }, request.headers, request.rawBody?.toString('utf8') ?? '');
    switch (taken.outcome) {
      case 'untrusted':
        throw new ProblemException(untrusted);
      case 'unreadable':
        throw new ProblemException({ ...unreadable, detail: taken.reason });
      case 'taken':
        return { received: taken.received, applied: taken.applied };
    }
  }
}
