import { ApiProperty } from '@nestjs/swagger';

/** What there is of a SKU in one warehouse. */
export class LevelFigure {
  @ApiProperty({ format: 'uuid' }) readonly warehouseId!: string;
  @ApiProperty({ enum: ['physical', 'virtual'], description: 'A virtual figure is the sum of its members: never add it to theirs' })
  readonly kind!: 'physical' | 'virtual';
  @ApiProperty({ type: 'integer' }) readonly total!: number;
  @ApiProperty({ type: 'integer' }) readonly unsellable!: number;
  @ApiProperty({ type: 'integer' }) readonly allocated!: number;
  @ApiProperty({ type: 'integer' }) readonly held!: number;
  @ApiProperty({ type: 'integer' }) readonly incoming!: number;
  @ApiProperty({ type: 'integer', description: 'total − unsellable − allocated − held' }) readonly available!: number;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'What a sales channel may be told' }) readonly publishable!: number;
}

/** One SKU whose figures changed. */
export class LevelChange {
  @ApiProperty({ example: 'TEA-100' }) readonly sku!: string;
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: "The SKU's `sequence` in the change before: whoever has read that one has missed nothing. 0: it is the first",
  })
  readonly previousSequence!: number;
  @ApiProperty({ type: 'integer', minimum: 1, description: 'How often the SKU has changed up to here; several changes are told as one' })
  readonly sequence!: number;
  @ApiProperty({ description: 'The place in the log of stock of the last change told here' }) readonly position!: string;
  @ApiProperty({
    type: [LevelFigure],
    description:
      'All figures of the SKU, at least as new as `sequence`. They replace what was known of it: a warehouse that is missing has none',
  })
  readonly figures!: readonly LevelFigure[];
}

export class LevelChangesPage {
  @ApiProperty({ type: [LevelChange] }) readonly changes!: readonly LevelChange[];
  @ApiProperty({ type: String, nullable: true, description: 'Where to go on; null while nothing has changed yet' })
  readonly next!: string | null;
}
