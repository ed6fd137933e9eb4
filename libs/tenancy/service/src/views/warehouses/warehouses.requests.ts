import { ApiProperty } from '@nestjs/swagger';
import { AddressRequest } from '../../organization/warehouses.requests';

export class WarehouseDocument {
  @ApiProperty({ format: 'uuid' })
  readonly warehouseId!: string;
  @ApiProperty({ example: 'NORTH' })
  readonly code!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ enum: ['physical', 'virtual'] })
  readonly kind!: 'physical' | 'virtual';
  @ApiProperty({ type: 'integer' })
  readonly priority!: number;
  @ApiProperty()
  readonly timeZone!: string;
  @ApiProperty({ type: AddressRequest, nullable: true })
  readonly address!: AddressRequest | null;
  @ApiProperty({ type: [String] })
  readonly members!: readonly string[];
  @ApiProperty()
  readonly archived!: boolean;
}
