import { ApiProperty } from '@nestjs/swagger';
import { requirableOrderFields, type AccountChoices } from '@stockproof/tenancy-domain';
import { CarrierServiceRequest } from '../../account/channel-work.requests';

export class MasterProductSourceDocument {
  @ApiProperty({ enum: ['stockproof', 'sales-channel', 'fulfillment-channel'] })
  readonly kind!: string;
  @ApiProperty({ format: 'uuid', required: false, description: 'Of the sales channel, or of the warehouse of the fulfillment channel' })
  readonly id?: string;
}

export class SettingDocument {
  @ApiProperty({ description: 'What holds', oneOf: [{ type: 'boolean' }, { type: 'string' }, { type: 'integer' }, { type: 'null' }] })
  readonly value!: string | number | boolean | null;
  @ApiProperty({ enum: ['account', 'organization'], description: 'Whose choice it is' })
  readonly origin!: 'account' | 'organization';
}

export class AccountDocument {
  @ApiProperty({ format: 'uuid' })
  readonly accountId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;
  @ApiProperty({ example: 'MY-ACCOUNT' })
  readonly code!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ enum: ['standard', 'basic'] })
  readonly licence!: 'standard' | 'basic';
  @ApiProperty()
  readonly enabled!: boolean;
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  readonly defaultWarehouseId!: string | null;
  @ApiProperty({ enum: ['reopen', 'cancel'], description: 'What becomes of what a warehouse will never send of a shipment' })
  readonly shortClose!: 'reopen' | 'cancel';
  @ApiProperty({ enum: requirableOrderFields, isArray: true, description: 'What an incoming order must say beyond the fixed rules' })
  readonly requiredOrderFields!: AccountChoices['requiredOrderFields'];
  @ApiProperty({ type: CarrierServiceRequest, nullable: true, description: 'Of a shipment whose order names none' })
  readonly defaultCarrierService!: AccountChoices['defaultCarrierService'];
  @ApiProperty({ type: MasterProductSourceDocument, description: 'Where products come from' })
  readonly masterProductSource!: AccountChoices['masterProductSource'];
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/SettingDocument' },
    description: 'Each inheritable setting with its value and origin',
  })
  readonly settings!: Readonly<Record<string, SettingDocument>>;
}
