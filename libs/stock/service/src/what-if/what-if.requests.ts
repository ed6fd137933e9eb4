import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import type { Reason } from '@stockproof/stock-domain';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const largestQuantity = 1_000_000_000;
const mostCandidates = 50;

/** Settings of the rule; what is not named stays as it was. */
export class WhatIfSettings {
  @ApiPropertyOptional({ description: 'The order may come from several warehouses' })
  @IfPresent()
  @IsBoolean()
  readonly allowSplitting?: boolean;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: mostCandidates, nullable: true, description: 'null: no limit' })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsInt()
  @Min(1)
  @Max(mostCandidates)
  readonly maximumShipments?: number | null;

  @ApiPropertyOptional({ description: 'A single line may come from several warehouses' })
  @IfPresent()
  @IsBoolean()
  readonly allowLineSplit?: boolean;

  @ApiPropertyOptional({ description: 'What there is may go, the rest waits' })
  @IfPresent()
  @IsBoolean()
  readonly partial?: boolean;
}

const backOrderModes = ['managed-here', 'managed-by-warehouse'] as const;

/** Also of what is no warehouse at all, which other rules refuse. */
const warehouseIdOf = (each: { readonly warehouseId?: unknown } | null): unknown => each?.warehouseId ?? Symbol('none');

class ChangedWarehouse {
  @ApiProperty({ format: 'uuid' })
  @IsId()
  readonly warehouseId!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 1_000_000, description: 'Default: as it is' })
  @IfPresent()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly priority?: number;

  @ApiPropertyOptional({ enum: backOrderModes, description: 'By the warehouse: its stock is not looked at; default: as it is' })
  @IfPresent()
  @IsIn(backOrderModes)
  readonly backOrders?: (typeof backOrderModes)[number];
}

/** Settings of a period: also of whose turn it is. */
export class PeriodSettings extends WhatIfSettings {
  @ApiPropertyOptional({ description: 'No younger order takes a SKU for which an older one waits' })
  @IfPresent()
  @IsBoolean()
  readonly strictOrder?: boolean;
}

/** What is said otherwise of one warehouse. */
export class WhatIfWarehouse extends ChangedWarehouse {
  @ApiPropertyOptional({ description: 'Nothing may come from it' })
  @IfPresent()
  @IsBoolean()
  readonly leftOut?: boolean;
}

/** Under which settings the rule is run. */
export class WarehouseChanges {
  @ApiPropertyOptional({ type: [WhatIfWarehouse], maxItems: mostCandidates })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(mostCandidates)
  @ArrayUnique(warehouseIdOf)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => WhatIfWarehouse)
  readonly warehouses?: WhatIfWarehouse[];

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000, description: 'A released version of the rule' })
  @IfPresent()
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly ruleVersion?: number;
}

/** Decides about an order again, with other settings, and writes nothing. */
export class WhatIfForOrder extends WarehouseChanges {
  @ApiPropertyOptional({ type: WhatIfSettings })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => WhatIfSettings)
  readonly settings?: WhatIfSettings;

  @ApiPropertyOptional({ enum: ['recorded', 'now'], default: 'recorded', description: 'On the stock that was seen then, or as it stands' })
  @IfPresent()
  @IsIn(['recorded', 'now'])
  readonly against?: 'recorded' | 'now';

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, description: 'Which attempt; default: the last' })
  @IfPresent()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly attempt?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, description: 'Which plan of it; default: the last' })
  @IfPresent()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly plan?: number;
}

export class BasketLine {
  @ApiProperty({ example: 'TEA-100', maxLength: 200 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: largestQuantity })
  @IsInt()
  @Min(1)
  @Max(largestQuantity)
  readonly quantity!: number;
}

/** A warehouse that the basket may come from. */
export class BasketWarehouse extends ChangedWarehouse {}

/** Lines that nobody has ordered yet. */
export class WhatIfForBasket {
  @ApiProperty({ type: [BasketLine], minItems: 1, maxItems: 500, description: 'Bundles as their components' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BasketLine)
  readonly lines!: BasketLine[];

  @ApiPropertyOptional({ type: [BasketWarehouse], maxItems: mostCandidates, description: 'Default: all physical ones of the account' })
  @IfPresent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostCandidates)
  @ArrayUnique(warehouseIdOf)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BasketWarehouse)
  readonly warehouses?: BasketWarehouse[];

  @ApiPropertyOptional({ type: WhatIfSettings, description: 'Default: splitting allowed, no maximum, lines whole, all or nothing' })
  @IfPresent()
  @IsObject()
  @ValidateNested()
  @Type(() => WhatIfSettings)
  readonly settings?: WhatIfSettings;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000 })
  @IfPresent()
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly ruleVersion?: number;
}

const reasons: readonly Reason[] = [
  'taken',
  'covers-alone-but-later',
  'not-needed',
  'not-enough',
  'splitting-not-allowed',
  'too-many-shipments',
  'not-named',
  'not-its-turn',
];

export class CandidateReason {
  @ApiProperty({ format: 'uuid' }) readonly warehouseId!: string;
  @ApiProperty() readonly code!: string;
  @ApiProperty({ enum: reasons }) readonly reason!: string;
}

export class ChosenUnits {
  @ApiProperty() readonly lineId!: string;
  @ApiProperty() readonly sku!: string;
  @ApiProperty({ format: 'uuid' }) readonly warehouseId!: string;
  @ApiProperty({ type: 'integer' }) readonly quantity!: number;
}

export class StillMissing {
  @ApiProperty() readonly lineId!: string;
  @ApiProperty() readonly sku!: string;
  @ApiProperty({ type: 'integer' }) readonly quantity!: number;
}

/** What the rule makes of an order. */
export class RuleOutcome {
  @ApiProperty({ type: 'integer' }) readonly ruleVersion!: number;
  @ApiProperty({ type: 'integer', description: '0: the order would wait' }) readonly shipments!: number;
  @ApiProperty({ type: [ChosenUnits] }) readonly choices!: readonly ChosenUnits[];
  @ApiProperty({ type: [StillMissing] }) readonly missing!: readonly StillMissing[];
  @ApiProperty({ type: [CandidateReason], description: 'Why each candidate was taken or not' })
  readonly reasons!: readonly CandidateReason[];
  @ApiProperty({ type: 'string', enum: ['exact', 'greedy'], nullable: true, description: 'null where an order that waits was recorded' })
  readonly search!: 'exact' | 'greedy' | null;
}

export class RecordedOutcome extends RuleOutcome {
  @ApiProperty({ type: 'integer' }) readonly attempt!: number;
  @ApiProperty({ type: 'integer', description: '0: no plan was made, the order waited' }) readonly plan!: number;
  @ApiProperty({ format: 'date-time' }) readonly decidedAt!: string;
}

export class OutcomeDifference {
  @ApiProperty() readonly lineId!: string;
  @ApiProperty() readonly sku!: string;
  @ApiProperty({ format: 'uuid' }) readonly warehouseId!: string;
  @ApiProperty({ type: 'integer' }) readonly recorded!: number;
  @ApiProperty({ type: 'integer' }) readonly whatIf!: number;
}

/** What would be decided; nothing of it is. */
export class WhatIfAnswer {
  @ApiProperty({ enum: ['recorded', 'now'] }) readonly against!: 'recorded' | 'now';
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What was put to the rule: lines, candidates, settings' })
  readonly wanted!: object;
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'What was free at each candidate' })
  readonly seen!: readonly object[];
  @ApiProperty({ type: RuleOutcome }) readonly outcome!: RuleOutcome;
  @ApiProperty({ type: RecordedOutcome, nullable: true, description: 'null for a basket' })
  readonly recorded!: RecordedOutcome | null;
  @ApiProperty({ type: [OutcomeDifference], description: 'Where what would be decided differs from what was' })
  readonly differences!: readonly OutcomeDifference[];
}
