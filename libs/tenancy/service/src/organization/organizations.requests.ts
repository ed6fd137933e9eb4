import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, IsTimeZone, Length, ValidateNested } from 'class-validator';
import { PersonRequest } from './people.requests';

export class OrganizationRequest {
  @ApiProperty({ example: 'Acme Fulfillment' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiPropertyOptional({ description: 'IANA name', default: 'UTC', example: 'Europe/Berlin' })
  @IfPresent()
  @IsTimeZone()
  readonly timeZone: string = 'UTC';

  @ApiPropertyOptional({ description: 'Company that holds the licence' })
  @IfPresent()
  @IsString()
  @Length(1, 200)
  readonly licenceOwner?: string;

  @ApiProperty({ description: 'The first owner: an organization is never without one', type: PersonRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => PersonRequest)
  readonly owner!: PersonRequest;
}

export class OrganizationNameRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  readonly name!: string;
}

export class CreatedOrganization {
  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;
  @ApiProperty({ format: 'uuid' })
  readonly ownerId!: string;
}

export class AccountRequest {
  @ApiProperty({ description: 'Unique in the organization; gives the code', example: 'My Account' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiPropertyOptional({ enum: ['standard', 'basic'], default: 'standard', description: '`basic`: no order rules' })
  @IfPresent()
  @IsIn(['standard', 'basic'])
  readonly licence: 'standard' | 'basic' = 'standard';
}

export class AccountNameRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  readonly name!: string;
}

export class CreatedAccount {
  @ApiProperty({ format: 'uuid' })
  readonly accountId!: string;
  @ApiProperty({ example: 'MY-ACCOUNT' })
  readonly code!: string;
}
