import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { knownProblems } from './known-problems';
import { Problems } from './openapi';

export const awaitedViews = 'stockproof:awaited-views';

/** A read of these views honours `Stockproof-Min-Position`: it waits up to 2 s, then answers 503 rather than something older. */
export const AwaitsView = (...views: readonly [string, ...string[]]): MethodDecorator =>
  applyDecorators(
    SetMetadata(awaitedViews, views),
    ApiHeader({
      name: 'Stockproof-Min-Position',
      required: false,
      description: 'A `Stockproof-Position` of this service: the answer is at least as new',
      schema: { type: 'string' },
    }),
    Problems(knownProblems.foreignPosition, knownProblems.projectionBehind, knownProblems.viewBeingBuilt),
  );
