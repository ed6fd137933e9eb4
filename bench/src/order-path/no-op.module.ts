import { Module } from '@nestjs/common';
import { salesService } from '@stockproof/sales-service';
import type { ServiceDefinition } from '@stockproof/service-host';
import { NoOpController } from './no-op.controller';

@Module({ controllers: [NoOpController] })
class NoOpModule {}

/** Sales as it is delivered, and beside it the routes that do nothing. */
export const salesWithNoOp: ServiceDefinition = {
  ...salesService,
  module: (runtime) => {
    const sales = salesService.module(runtime);
    return { ...sales, imports: [...(sales.imports ?? []), NoOpModule] };
  },
};
