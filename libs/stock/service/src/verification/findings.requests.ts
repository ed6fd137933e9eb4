import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, ListQuery, QueryFlag } from '@stockproof/http-problems';
import { findingKinds } from '@stockproof/stock-domain';
import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';

const repairs = ['release-units', 'grant-again', 'rewrite-rows'] as const;

/** Which findings to list. */
export class FindingsQuery extends ListQuery {
  @ApiPropertyOptional({ enum: findingKinds })
  @IfPresent()
  @IsIn(findingKinds)
  readonly kind?: (typeof findingKinds)[number];

  @QueryFlag({ description: 'true: only what is so now; false: only what has healed' })
  readonly open?: boolean;

  @QueryFlag({ description: 'true: only what somebody has looked at; false: only what nobody has' })
  readonly acknowledged?: boolean;
}

/** One thing that must not be, as the verifier found it. */
export class StockFinding {
  @ApiProperty({ format: 'uuid' })
  readonly findingId!: string;
  @ApiProperty({ enum: findingKinds })
  readonly kind!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly sku!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly warehouseId!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly orderId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true })
  readonly attempt!: number | null;
  @ApiProperty({ description: 'What is wrong, in a sentence' })
  readonly says!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What it was seen by: units, revisions, both sides of a row' })
  readonly evidence!: object;
  @ApiProperty({ enum: repairs, nullable: true, description: 'What a repair would do; null: only a person can decide' })
  readonly repair!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly firstSeen!: string;
  @ApiProperty({ format: 'date-time' })
  readonly lastSeen!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'null: it is so now' })
  readonly healedAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'What came of the last repair that was asked for' })
  readonly repairOutcome!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Since when it calls nobody any more; null: it does' })
  readonly acknowledgedAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly acknowledgedBy!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'What was said of it' })
  readonly acknowledgedBecause!: string | null;
}

/** Asks for the repair that the finding names. */
export class RepairRequest {
  @ApiProperty({ maxLength: 500, description: 'Why; kept with who asked' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  readonly reason!: string;
}

/** Says what is to be known of a finding that no repair can undo. */
export class AcknowledgeRequest {
  @ApiProperty({ maxLength: 500, description: 'What it came from and why it may stay; kept with who said it' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  readonly reason!: string;
}

/** The repair is asked for; a worker looks again, and does it if the finding still is. */
export class RepairAccepted {
  @ApiProperty({ format: 'uuid' })
  readonly findingId!: string;
  @ApiProperty({ enum: repairs })
  readonly repair!: string;
}

/** A verification of everything that an account has in stock. */
export class StockVerification {
  @ApiProperty({ format: 'uuid' })
  readonly verificationId!: string;
  @ApiProperty({ example: 'user:0199b0f0-0000-7000-8000-000000000000' })
  readonly askedBy!: string;
  @ApiProperty({ format: 'date-time' })
  readonly askedAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  readonly startedAt!: string | null;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'null: still under way' })
  readonly finishedAt!: string | null;
  @ApiProperty({ type: 'integer', description: 'Streams verified so far' })
  readonly done!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Of how many; null before it has begun' })
  readonly streams!: number | null;
  @ApiProperty({ type: 'integer', description: 'What was found in them' })
  readonly findings!: number;
}
