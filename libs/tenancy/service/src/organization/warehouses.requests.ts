import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsISO31661Alpha2,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsTimeZone,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const unlessNull = (_: unknown, value: unknown): boolean => value !== null && value !== undefined;

export class AddressRequest {
  @ApiProperty({ example: 'Harbour Street 1' })
  @IsString()
  @Length(1, 200)
  readonly line1!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @ValidateIf(unlessNull)
  @IsString()
  @Length(1, 200)
  readonly line2: string | null = null;

  @ApiProperty({ example: 'Hamburg' })
  @IsString()
  @Length(1, 200)
  readonly city!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @ValidateIf(unlessNull)
  @IsString()
  @Length(1, 200)
  readonly region: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '20457' })
  @ValidateIf(unlessNull)
  @IsString()
  @Length(1, 20)
  readonly postalCode: string | null = null;

  @ApiProperty({ description: 'ISO 3166-1 alpha-2', example: 'DE' })
  @IsISO31661Alpha2()
  readonly country!: string;
}

export class WarehouseRequest {
  @ApiProperty({ description: 'Unique in the organization, also by case; never changes', example: 'NORTH' })
  @IsString()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/)
  readonly code!: string;

  @ApiProperty({ example: 'Hamburg North' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ enum: ['physical', 'virtual'], description: 'Never changes' })
  @IsIn(['physical', 'virtual'])
  readonly kind!: 'physical' | 'virtual';

  @ApiPropertyOptional({ type: 'integer', default: 100, description: 'Lower comes first where a choice is free' })
  @IfPresent()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly priority: number = 100;

  @ApiPropertyOptional({ description: 'IANA name; absent: as the organization has it' })
  @IfPresent()
  @IsTimeZone()
  readonly timeZone?: string;

  @ApiPropertyOptional({ type: AddressRequest })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressRequest)
  readonly address?: AddressRequest;

  @ApiPropertyOptional({ type: [String], description: 'Physical warehouses of a virtual one: two or more' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(200)
  @IsId({ each: true })
  readonly members: readonly string[] = [];
}

export class WarehouseEditRequest {
  @ApiPropertyOptional()
  @IfPresent()
  @IsString()
  @Length(1, 200)
  readonly name?: string;

  @ApiPropertyOptional({ type: 'integer' })
  @IfPresent()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly priority?: number;

  @ApiPropertyOptional({ description: 'IANA name' })
  @IfPresent()
  @IsTimeZone()
  readonly timeZone?: string;

  @ApiPropertyOptional({ type: AddressRequest })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => AddressRequest)
  readonly address?: AddressRequest;
}

export class MembersRequest {
  @ApiProperty({ type: [String], description: 'All members from now on, two or more physical warehouses' })
  @IsArray()
  @ArrayMaxSize(200)
  @IsId({ each: true })
  readonly members!: readonly string[];
}

export class CreatedWarehouse {
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
}
