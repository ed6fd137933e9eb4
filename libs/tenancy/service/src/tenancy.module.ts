import { join } from 'node:path';
import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import type { ServiceDefinition, ServiceRuntime } from '@stockproof/service-host';
import { AccountSettingsController } from './account/account-settings.controller';
import { AccountUsersController } from './account/account-users.controller';
import { AccountWarehousesController } from './account/account-warehouses.controller';
import { AccountsController } from './account/accounts.controller';
import { SalesChannelsController } from './account/sales-channels.controller';
import { ApiKeysController } from './api-key/api-keys.controller';
import { AccountsFollowController } from './consumes/accounts-follow.controller';
import { firstStart } from './first-start/first-start';
import { OrganizationUsersController } from './organization/organization-users.controller';
import { OrganizationsController } from './organization/organizations.controller';
import { WarehousesController } from './organization/warehouses.controller';
import { tenancyPublication, tenancyTopics } from './publishes/tenancy.publication';
import { SessionsController } from './sign-in/sessions.controller';
import { TenancyParts } from './tenancy.parts';
import { MeController } from './user/me.controller';
import { AccountWarehousesViewController } from './views/account-warehouses/account-warehouses.controller';
import { AccountsViewController } from './views/accounts/accounts.controller';
import { ApiKeysViewController } from './views/api-keys/api-keys.controller';
import { OrganizationsViewController } from './views/organizations/organizations.controller';
import { SalesChannelsViewController } from './views/sales-channels/sales-channels.controller';
import { SetupStatusController } from './views/setup-status/setup-status.controller';
import { tenancyProjections } from './views/tenancy.projections';
import { UsersViewController } from './views/users/users.controller';
import { WarehousesViewController } from './views/warehouses/warehouses.controller';

@Module({})
export class TenancyModule implements OnModuleInit {
  constructor(@Inject(TenancyParts) private readonly parts: TenancyParts) {}

  static of(runtime: ServiceRuntime): DynamicModule {
    return {
      module: TenancyModule,
      controllers: [
        SessionsController,
        MeController,
        OrganizationsController,
        OrganizationUsersController,
        WarehousesController,
        AccountsController,
        AccountSettingsController,
        AccountWarehousesController,
        AccountUsersController,
        SalesChannelsController,
        ApiKeysController,
        OrganizationsViewController,
        UsersViewController,
        WarehousesViewController,
        AccountsViewController,
        AccountWarehousesViewController,
        SalesChannelsViewController,
        ApiKeysViewController,
        SetupStatusController,
        AccountsFollowController,
      ],
      providers: [{ provide: TenancyParts, useValue: new TenancyParts(runtime) }],
    };
  }

  async onModuleInit(): Promise<void> {
    await firstStart(this.parts);
  }
}

/** Tenancy: organizations, people, warehouses, accounts, and who may do what. */
export const tenancyService: ServiceDefinition = {
  name: 'tenancy',
  migrations: join(__dirname, 'migrations'),
  projections: tenancyProjections,
  publication: tenancyPublication,
  topics: tenancyTopics,
  module: TenancyModule.of,
};
