import { join } from 'node:path';
import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { skuMappingEventsTopic, variantEventsTopic } from '@stockproof/catalog-contracts';
import { fileKind, FileImportsModule } from '@stockproof/file-imports';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { catalogStreams, type CatalogStreams } from './catalog.streams';
import {
  catalogClock,
  catalogFollowing,
  catalogMappingSkus,
  catalogPreview,
  catalogReader,
  catalogStreamsToken,
  catalogWriter,
} from './catalog.tokens';
import { AccountSettingsConsumer } from './consumes/account-settings.controller';
import { ProductExportsController } from './product-exchange/product-exports.controller';
import { doProductJobs } from './product-exchange/product-jobs';
import { productsFile } from './product-files/products-file';
import { MasterSourceController } from './product-source/master-source.controller';
import { askMasters, type FollowingSource } from './product-source/master-source';
import type { Previewing } from './product-source/previewing-source';
import { ProductsController } from './products/products.controller';
import { catalogPublication } from './publishes/catalog.publication';
import type { MappingSkus } from './sku-mappings/mapping-skus';
import { SkuMappingsController } from './sku-mappings/sku-mappings.controller';
import { VariantsController } from './variants/variants.controller';
import { SkuMappingsViewController } from './views/sku-mappings/sku-mappings.controller';
import { skuMappingsProjection } from './views/sku-mappings/sku-mappings.projection';
import { ProductsViewController } from './views/variants/products.controller';
import { VariantsViewController } from './views/variants/variants.controller';
import { variantsProjection } from './views/variants/variants.projection';

const runtimeToken = Symbol('catalog runtime');

@Module({})
export class CatalogModule implements OnModuleInit {
  constructor(
    @Inject(runtimeToken) private readonly runtime: ServiceRuntime,
    @Inject(catalogStreamsToken) private readonly streams: CatalogStreams,
    @Inject(catalogFollowing) private readonly following: FollowingSource,
  ) {}

  static of(runtime: ServiceRuntime): DynamicModule {
    const { clock, commands, databases, channels, jobs, personalData } = runtime;
    const streams = catalogStreams(commands);
    const mappingSkus: MappingSkus = { streams, channels, clock };
    const following: FollowingSource = { streams, channels, jobs };
    const previewing: Previewing = { streams, channels, reader: databases.reader };
    return {
      module: CatalogModule,
      imports: [
        FileImportsModule.forService({
          service: 'catalog',
          kinds: [fileKind(productsFile({ streams, clock }))],
          ...{ databases, jobs, personalData, clock },
        }),
      ],
      controllers: [
        VariantsController,
        VariantsViewController,
        ProductsController,
        ProductsViewController,
        SkuMappingsController,
        SkuMappingsViewController,
        ProductExportsController,
        MasterSourceController,
        AccountSettingsConsumer,
      ],
      providers: [
        { provide: runtimeToken, useValue: runtime },
        { provide: catalogStreamsToken, useValue: streams },
        { provide: catalogMappingSkus, useValue: mappingSkus },
        { provide: catalogFollowing, useValue: following },
        { provide: catalogPreview, useValue: previewing },
        { provide: catalogReader, useValue: databases.reader },
        { provide: catalogWriter, useValue: databases.writer },
        { provide: catalogClock, useValue: clock },
      ],
    };
  }

  onModuleInit(): void {
    doProductJobs(this.runtime, this.streams);
    askMasters(this.following);
  }
}

/** Catalog: what an account sells, under which SKU, and where products come from and go to. */
export const catalogService: ServiceDefinition = {
  name: 'catalog',
  migrations: join(__dirname, 'migrations'),
  projections: [variantsProjection, skuMappingsProjection],
  publication: catalogPublication,
  topics: [variantEventsTopic, skuMappingEventsTopic],
  module: CatalogModule.of,
};
