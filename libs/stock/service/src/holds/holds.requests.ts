import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, MaxLength } from 'class-validator';
import { PromisedUnits } from '../views/allocations/allocations.requests';

/** Moves what an order on hold keeps from one warehouse to another. */
export class MoveHoldRequest {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  readonly fromWarehouseId!: string;

  @ApiProperty({ format: 'uuid' })
  @IsId()
  readonly toWarehouseId!: string;

  @ApiPropertyOptional({ type: [String], maxItems: 2_000, description: 'Only these lines; default: all that is held there' })
  @IfPresent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2_000)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  readonly lineIds?: string[];
}

/** Where the order's units are held now. */
export class HeldUnits {
  @ApiProperty({ type: 'integer' })
  readonly attempt!: number;
  @ApiProperty({ type: [PromisedUnits] })
  readonly units!: readonly PromisedUnits[];
}
