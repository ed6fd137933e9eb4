import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import {
  requirableOrderFields,
  settingNames,
  type ChosenChoices,
  type MasterProductSource,
  type RequirableOrderField,
  type SettingName,
} from '@stockproof/tenancy-domain';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { SettingsRequest } from '../organization/settings.requests';
import { CarrierServiceRequest, carrierServiceOf } from './channel-work.requests';

const unlessNull = (_: unknown, value: unknown): boolean => value !== undefined && value !== null;
const sourceKinds = ['stockproof', 'sales-channel', 'fulfillment-channel'] as const;

export class MasterProductSourceRequest {
  @ApiProperty({ enum: sourceKinds })
  @IsIn(sourceKinds)
  readonly kind!: MasterProductSource['kind'];

  @ApiPropertyOptional({ format: 'uuid', description: 'Of the sales channel, or of the physical warehouse of the fulfillment channel' })
  @ValidateIf(({ kind, id }: MasterProductSourceRequest) => kind !== 'stockproof' || id !== undefined)
  @IsId()
  readonly id?: string;
}

/** Sets some settings, gives others back to the organization; the rest stays as it is. */
export class AccountSettingsRequest extends SettingsRequest {
  @ApiPropertyOptional({ format: 'uuid', type: String, nullable: true, description: 'Physical or virtual, enabled here' })
  @ValidateIf(unlessNull)
  @IsId()
  readonly defaultWarehouseId?: string | null;

  @ApiPropertyOptional({ enum: settingNames, isArray: true, description: 'Settings that the account inherits again' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsIn(settingNames, { each: true })
  readonly inherit: readonly SettingName[] = [];

  @ApiPropertyOptional({
    enum: ['reopen', 'cancel'],
    description: 'What becomes of what a warehouse will never send of a shipment; at first `reopen`',
  })
  @IfPresent()
  @IsIn(['reopen', 'cancel'])
  readonly shortClose?: 'reopen' | 'cancel';

  @ApiPropertyOptional({
    enum: requirableOrderFields,
    isArray: true,
    description: 'What an incoming order must say beyond the fixed rules; all of them',
  })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(requirableOrderFields.length)
  @ArrayUnique()
  @IsIn(requirableOrderFields, { each: true })
  readonly requiredOrderFields?: readonly RequirableOrderField[];

  @ApiPropertyOptional({ type: CarrierServiceRequest, nullable: true, description: 'Of a shipment whose order names none' })
  @ValidateIf(unlessNull)
  @IsObject()
  @ValidateNested()
  @Type(() => CarrierServiceRequest)
  readonly defaultCarrierService?: CarrierServiceRequest | null;

  @ApiPropertyOptional({ type: MasterProductSourceRequest, description: 'Where products come from; at first `stockproof`' })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => MasterProductSourceRequest)
  readonly masterProductSource?: MasterProductSourceRequest;
}

/** Without an id where Stockproof itself is the source, whatever was sent. */
const sourceOf = ({ kind, id = '' }: MasterProductSourceRequest): MasterProductSource => (kind === 'stockproof' ? { kind } : { kind, id });

/** Only what was sent, as plain data. */
export const sentChoices = ({ shortClose, requiredOrderFields, defaultCarrierService, masterProductSource }: AccountSettingsRequest) => {
  const all = {
    ...{ shortClose, requiredOrderFields },
    defaultCarrierService: defaultCarrierService && carrierServiceOf(defaultCarrierService),
    masterProductSource: masterProductSource && sourceOf(masterProductSource),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as ChosenChoices;
};
