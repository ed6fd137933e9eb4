import { Controller, HttpCode, Post, Req, type RawBodyRequest, type Type } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PublicRoute } from '@stockproof/access';
import { knownProblems, problem, ProblemException, Problems, UuidParam } from '@stockproof/http-problems';
import type { FastifyRequest } from 'fastify';
import type { TakingPushes } from '../taking-pushes';
import { PushAnswer } from './pushes.requests';

const untrusted = problem(401, 'push-untrusted', 'The signature is missing, wrong or too old');
const unreadable = problem(422, 'push-unreadable', 'The push cannot be read');
const elsewhere = problem(422, 'push-taken-elsewhere', 'Another service takes what this push says');

/** Who takes what, so that a peer that was told the wrong address learns the right one. */
const takenBy: Readonly<Record<string, string>> = {
  'shipment-update': 'sales',
  receipt: 'purchasing',
  'stock-levels': 'stock',
  order: 'sales',
  product: 'catalog',
};

type From = Parameters<TakingPushes['take']>[0];

const take = async (pushes: Pick<TakingPushes, 'take'>, from: From, request: RawBodyRequest<FastifyRequest>): Promise<PushAnswer> => {
  const taken = await pushes.take(from, request.headers, request.rawBody?.toString('utf8') ?? '');
  switch (taken.outcome) {
    case 'untrusted':
      throw new ProblemException(untrusted);
    case 'unreadable':
      throw new ProblemException({ ...unreadable, detail: taken.reason });
    case 'elsewhere':
      throw new ProblemException({
        ...elsewhere,
        detail: taken.kinds.map((kind) => `${kind}: /v1/${takenBy[kind] ?? '…'}/accounts/…/pushes`).join('; '),
      });
    case 'taken':
      return { received: taken.received, applied: taken.applied };
  }
};

const named = (service: string): string => `${service.slice(0, 1).toUpperCase()}${service.slice(1)}`;
const anything = { schema: { type: 'object', additionalProperties: true } } as const;

/** Signed by the warehouse system; who cannot sign learns nothing, not even whether the account exists. */
export const warehousePushesController = (service: string, pushes: Pick<TakingPushes, 'take'>): Type<unknown> => {
  @ApiTags('Channels')
  @Controller(`v1/${service}/accounts/:accountId/warehouses/:warehouseId/pushes`)
  class WarehousePushesController {
    @Post()
    @HttpCode(200)
    @PublicRoute()
    @ApiOperation({ operationId: `receive${named(service)}WarehousePush`, summary: 'Signed news from a warehouse system' })
    @ApiBody(anything)
    @ApiOkResponse({ type: PushAnswer })
    @Problems(untrusted, unreadable, elsewhere, knownProblems.notFound)
    receive(
      @UuidParam('accountId') accountId: string,
      @UuidParam('warehouseId') placeId: string,
      @Req() request: RawBodyRequest<FastifyRequest>,
    ): Promise<PushAnswer> {
      return take(pushes, { side: 'warehouse', accountId, placeId }, request);
    }
  }
  return WarehousePushesController;
};

/** Signed by the shop. */
export const shopPushesController = (service: string, pushes: Pick<TakingPushes, 'take'>): Type<unknown> => {
  @ApiTags('Channels')
  @Controller(`v1/${service}/accounts/:accountId/sales-channels/:channelId/pushes`)
  class ShopPushesController {
    @Post()
    @HttpCode(200)
    @PublicRoute()
    @ApiOperation({ operationId: `receive${named(service)}ShopPush`, summary: 'Signed news from a shop' })
    @ApiBody(anything)
    @ApiOkResponse({ type: PushAnswer })
    @Problems(untrusted, unreadable, elsewhere, knownProblems.notFound)
    receive(
      @UuidParam('accountId') accountId: string,
      @UuidParam('channelId') placeId: string,
      @Req() request: RawBodyRequest<FastifyRequest>,
    ): Promise<PushAnswer> {
      return take(pushes, { side: 'shop', accountId, placeId }, request);
    }
  }
  return ShopPushesController;
};
