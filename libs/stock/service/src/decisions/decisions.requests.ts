import { ApiProperty } from '@nestjs/swagger';

/** A decision as it was recorded, and as the same rule takes it again now. */
export class AllocationDecision {
  @ApiProperty({ type: 'integer' })
  readonly attempt!: number;
  @ApiProperty({ type: 'integer' })
  readonly plan!: number;
  @ApiProperty({ format: 'date-time' })
  readonly decidedAt!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the order wanted: lines, candidate warehouses, settings' })
  readonly wanted!: object;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What the rule saw and why it chose; null where a person moved a hold',
  })
  readonly record!: object | null;
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'What it chose' })
  readonly choices!: readonly object[];
  @ApiProperty({
    type: 'boolean',
    nullable: true,
    description: 'Whether the recorded rule version, run again on the record, gives the same bytes',
  })
  readonly replaysEqual!: boolean | null;
}

export class OrderDecisions {
  @ApiProperty({ type: [AllocationDecision] })
  readonly decisions!: readonly AllocationDecision[];
}
