import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { AwaitsView, knownProblems, positionToken, ProblemException, Problems } from '@stockproof/http-problems';
import type { Queryable, TenantReader } from '@stockproof/sql';
import type { FastifyReply } from 'fastify';
import { stockReader, stockWriter } from '../stock.tokens';
import { availability, type AvailableFigure } from './availability';
import { AvailabilityAnswer, AvailabilityFigure, AvailabilityRequest, figuresAtMost } from './availability.requests';

@ApiTags('Stock levels')
@Controller('v1/stock/accounts/:accountId/availability')
export class AvailabilityController {
  constructor(
    @Inject(stockReader) private readonly reader: TenantReader,
    @Inject(stockWriter) private readonly writer: Queryable,
  ) {}

  /** A read, whose question is too long for a path. */
  @Post()
  @HttpCode(200)
  @Requires('stock:read')
  @AwaitsView('stock-levels', 'level-changes')
  @ApiOperation({
    operationId: 'readAvailability',
    summary: 'What may be promised and published of many SKUs and bundles in many warehouses',
  })
  @ApiOkResponse({ type: AvailabilityAnswer })
  @Problems(knownProblems.validationFailed)
  async read(
    @Caller() { accountId }: Caller,
    @Body() { skus, warehouseIds, maySplit }: AvailabilityRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AvailabilityAnswer> {
    mustBeFew(skus.length * warehouseIds.length);
    const answer = await availability(
      { writer: this.writer, reader: this.reader },
      { accountId, skus, warehouseIds, maySplit: maySplit ?? null },
    );
    if (answer.position !== '') reply.header('stockproof-position', positionToken('stock', answer.position));
    return { ...answer, figures: answer.figures.map(told) };
  }
}

const told = ({ quantities, ...figure }: AvailableFigure): AvailabilityFigure => ({
  ...figure,
  available: quantities?.available ?? null,
  publishable: quantities?.publishable ?? null,
  position: quantities?.position ?? null,
});

const mustBeFew = (figures: number): void => {
  if (figures <= figuresAtMost) return;
  const message = `${figures} figures are asked for; a call answers ${figuresAtMost}`;
  throw new ProblemException({
    ...knownProblems.validationFailed,
    errors: ['/skus', '/warehouseIds'].map((pointer) => ({ pointer, code: 'too-many-figures', message })),
  });
};
