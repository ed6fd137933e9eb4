import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsInstant } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { OutcomeDifference, PeriodSettings, WarehouseChanges } from './what-if.requests';

/** Decides all of a period once more, in the order of the log, with other settings. */
export class WhatIfForPeriod extends WarehouseChanges {
  @ApiPropertyOptional({ type: PeriodSettings })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => PeriodSettings)
  readonly settings?: PeriodSettings;

  @ApiProperty({ format: 'date-time', description: 'What was recorded from here on is decided anew; until here all went as it went' })
  @IsInstant()
  readonly from!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Until before; default: now' })
  @IfPresent()
  @IsInstant()
  readonly to?: string;
}

export class PeriodProgress {
  @ApiProperty({ type: 'integer', description: 'Of the time that the log spans until the end of the period' }) readonly done!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null until it has begun' }) readonly of!: number | null;
}

/** How the orders of the period stand at its end. */
export class PeriodSide {
  @ApiProperty({ type: 'integer' }) readonly granted!: number;
  @ApiProperty({ type: 'integer' }) readonly held!: number;
  @ApiProperty({ type: 'integer' }) readonly waiting!: number;
  @ApiProperty({ type: 'integer', description: 'Taken back' }) readonly over!: number;
  @ApiProperty({ type: 'integer', description: 'In how many shipments they were to leave' }) readonly shipments!: number;
}

export class PeriodResult {
  @ApiProperty({ type: 'integer', description: 'About which something was decided in the period' }) readonly orders!: number;
  @ApiProperty({ type: 'integer', description: 'That come out otherwise' }) readonly different!: number;
  @ApiProperty({ type: 'integer', description: 'Of these, kept one by one' }) readonly listed!: number;
  @ApiProperty({ type: PeriodSide }) readonly recorded!: PeriodSide;
  @ApiProperty({ type: PeriodSide }) readonly whatIf!: PeriodSide;
  @ApiProperty({ type: 'integer', description: 'SKUs in warehouses whose stock ends up otherwise' }) readonly levelsDifferent!: number;
}

export class PeriodWhatIf {
  @ApiProperty({ format: 'uuid' }) readonly whatIfId!: string;
  @ApiProperty({ format: 'date-time' }) readonly from!: string;
  @ApiProperty({ format: 'date-time' }) readonly to!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'In what it differs from what was' }) readonly changes!: object;
  @ApiProperty({ enum: ['waiting', 'running', 'done', 'failed'] }) readonly status!: string;
  @ApiProperty({ type: PeriodProgress }) readonly progress!: PeriodProgress;
  @ApiProperty({ type: PeriodResult, nullable: true, description: 'null until it is done' }) readonly result!: PeriodResult | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it failed' }) readonly error!: string | null;
  @ApiProperty({ format: 'date-time' }) readonly askedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readonly endedAt!: string | null;
}

class OrderOutcome {
  @ApiProperty({ enum: ['granted', 'held', 'waiting', 'requested', 'over'] }) readonly status!: string;
  @ApiProperty({ type: 'integer' }) readonly shipments!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it was last given something' })
  readonly decidedAt!: string | null;
}

/** An order that comes out otherwise. */
export class PeriodOrderDifference {
  @ApiProperty() readonly orderId!: string;
  @ApiProperty() readonly orderNumber!: string;
  @ApiProperty({ type: OrderOutcome }) readonly recorded!: OrderOutcome;
  @ApiProperty({ type: OrderOutcome }) readonly whatIf!: OrderOutcome;
  @ApiProperty({ type: [OutcomeDifference] }) readonly lines!: readonly OutcomeDifference[];
}

class LevelFigures {
  @ApiProperty({ type: 'integer' }) readonly total!: number;
  @ApiProperty({ type: 'integer' }) readonly unsellable!: number;
  @ApiProperty({ type: 'integer', description: 'Allocated and held' }) readonly promised!: number;
}

/** A SKU in a warehouse whose stock ends up otherwise. */
export class PeriodLevelDifference {
  @ApiProperty() readonly sku!: string;
  @ApiProperty({ format: 'uuid' }) readonly warehouseId!: string;
  @ApiProperty({ type: LevelFigures }) readonly recorded!: LevelFigures;
  @ApiProperty({ type: LevelFigures }) readonly whatIf!: LevelFigures;
}
