import { Module, type DynamicModule } from '@nestjs/common';
import { variantEventsTopic } from '@stockproof/catalog-contracts';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { variantHandler } from './catalog.streams';
import { catalogClock, catalogReader, catalogVariants } from './catalog.tokens';
import { catalogPublication } from './publishes/catalog.publication';
import { VariantsController } from './variants/variants.controller';
import { VariantsViewController } from './views/variants/variants.controller';
import { variantsProjection } from './views/variants/variants.projection';

@Module({})
export class CatalogModule {
  static of({ clock, commands, databases }: ServiceRuntime): DynamicModule {
    return {
      module: CatalogModule,
      controllers: [VariantsController, VariantsViewController],
      providers: [
        { provide: catalogVariants, useValue: variantHandler(commands) },
        { provide: catalogReader, useValue: databases.reader },
        { provide: catalogClock, useValue: clock },
      ],
    };
  }
}

/** Catalog: what an account sells, and under which SKU. */
export const catalogService: ServiceDefinition = {
  name: 'catalog',
  // Its log and its views are all that it keeps: no SQL file lies here.
  migrations: __dirname,
  projections: [variantsProjection],
  publication: catalogPublication,
  topics: [variantEventsTopic],
  module: CatalogModule.of,
};
