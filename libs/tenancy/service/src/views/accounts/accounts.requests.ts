import { ApiProperty } from '@nestjs/swagger';

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
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/SettingDocument' },
    description: 'Each inheritable setting with its value and origin',
  })
  readonly settings!: Readonly<Record<string, SettingDocument>>;
}
