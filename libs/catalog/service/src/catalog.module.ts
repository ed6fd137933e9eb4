import { Module, type DynamicModule } from '@nestjs/common';
import { skuMappingEventsTopic, variantEventsTopic } from '@stockproof/catalog-contracts';
import { fileKind, FileImportsModule } from '@stockproof/file-imports';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { catalogStreams } from './catalog.streams';
import { catalogClock, catalogMappingSkus, catalogReader, catalogVariants } from './catalog.tokens';
import { catalogPublication } from './publishes/catalog.publication';
import type { MappingSkus } from './sku-mappings/mapping-skus';
import { SkuMappingsController } from './sku-mappings/sku-mappings.controller';
import { productsFile } from './variants/products-file';
import { VariantsController } from './variants/variants.controller';
import { SkuMappingsViewController } from './views/sku-mappings/sku-mappings.controller';
import { skuMappingsProjection } from './views/sku-mappings/sku-mappings.projection';
import { VariantsViewController } from './views/variants/variants.controller';
import { variantsProjection } from './views/variants/variants.projection';

@Module({})
export class CatalogModule {
  static of({ clock, commands, databases, channels, jobs, personalData }: ServiceRuntime): DynamicModule {
    const streams = catalogStreams(commands);
    const mappingSkus: MappingSkus = { streams, channels, clock };
    return {
      module: CatalogModule,
      imports: [
        FileImportsModule.forService({
          service: 'catalog',
          kinds: [fileKind(productsFile({ variants: streams.variants, clock }))],
          ...{ databases, jobs, personalData, clock },
        }),
      ],
      controllers: [VariantsController, VariantsViewController, SkuMappingsController, SkuMappingsViewController],
      providers: [
        { provide: catalogVariants, useValue: streams.variants },
        { provide: catalogMappingSkus, useValue: mappingSkus },
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
  projections: [variantsProjection, skuMappingsProjection],
  publication: catalogPublication,
  topics: [variantEventsTopic, skuMappingEventsTopic],
  module: CatalogModule.of,
};
