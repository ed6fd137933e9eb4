import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsId } from '@stockproof/http-problems';
import { IsIn } from 'class-validator';

const kinds = ['stockproof', 'sales-channel', 'fulfillment-channel'] as const;

/** The source that somebody thinks of. */
export class MasterSourceQuery {
  @ApiPropertyOptional({ enum: kinds, default: 'stockproof' })
  @IfPresent()
  @IsIn(kinds)
  readonly kind?: (typeof kinds)[number];

  @ApiPropertyOptional({ format: 'uuid', description: 'The sales channel, or the warehouse of the fulfillment channel' })
  @IfPresent()
  @IsId()
  readonly id?: string;
}

export class SkusOfPreview {
  @ApiProperty({ type: 'integer' })
  readonly count!: number;
  @ApiProperty({ type: [String], maxItems: 100, description: 'The first of them' })
  readonly skus!: readonly string[];
}

/** What the change would do. */
export class MasterSourcePreview {
  @ApiProperty({ type: SkusOfPreview, description: 'They stay, until the source sends the same SKU' })
  readonly onlyHere!: SkusOfPreview;
  @ApiProperty({ type: SkusOfPreview, description: 'The first import adds them' })
  readonly onlyThere!: SkusOfPreview;
  @ApiProperty({ type: SkusOfPreview, description: 'The first import changes nothing' })
  readonly inBoth!: SkusOfPreview;
  @ApiProperty({ type: SkusOfPreview, description: 'The first import overwrites something here, or is refused' })
  readonly colliding!: SkusOfPreview;
  @ApiProperty({ description: 'False: one side is larger than what was looked at' })
  readonly complete!: boolean;
}
