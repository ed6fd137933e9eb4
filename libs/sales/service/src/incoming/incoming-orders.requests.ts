import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { callerOf, type Caller } from '@stockproof/access';
import { knownProblems, ProblemException } from '@stockproof/http-problems';
import type { FastifyRequest } from 'fastify';
import { validate } from 'uuid';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent, IsInstant } from '@stockproof/http-problems';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** Who asks, and for which incoming order. */
export type AddressedIncoming = { readonly caller: Caller; readonly incomingId: string };

export const AddressedIncoming = createParamDecorator((_: unknown, context: ExecutionContext): AddressedIncoming => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { incomingId } = request.params as { readonly incomingId: string };
  if (!validate(incomingId)) throw new ProblemException(knownProblems.notFound);
  return { caller: callerOf(request) as Caller, incomingId: incomingId.toLowerCase() };
});

const OrNull = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined && value !== null);

/** Text of at most so many characters, or null. */
const TextOrNull =
  (maxLength: number, more: { readonly example?: string; readonly description?: string } = {}): PropertyDecorator =>
  (target, key) => {
    for (const decorate of [
      ApiPropertyOptional({ type: 'string', nullable: true, maxLength, ...more }),
      OrNull(),
      IsString(),
      MaxLength(maxLength),
    ])
      decorate(target, key);
  };

const InstantOrNull = (): PropertyDecorator => (target, key) => {
  for (const decorate of [ApiPropertyOptional({ type: 'string', format: 'date-time', nullable: true }), OrNull(), IsInstant()])
    decorate(target, key);
};

/** An address; what is missing is for the rules to say. */
export class IncomingAddress {
  @TextOrNull(200)
  readonly name?: string | null;
  @TextOrNull(200)
  readonly company?: string | null;
  @ApiPropertyOptional({ type: [String], maxItems: 4 })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(4)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  readonly street?: string[];
  @TextOrNull(20)
  readonly postalCode?: string | null;
  @TextOrNull(200)
  readonly city?: string | null;
  @TextOrNull(200)
  readonly region?: string | null;
  @TextOrNull(2, { example: 'DE' })
  readonly countryCode?: string | null;
  @TextOrNull(50)
  readonly phone?: string | null;
  @TextOrNull(320)
  readonly email?: string | null;
}

/** A line as the shop names it. */
export class IncomingLine {
  @ApiProperty({ maxLength: 200, description: "The shop's own name of the line" })
  @IsString()
  @MaxLength(200)
  readonly externalLineId!: string;
  @ApiProperty({ maxLength: 200, example: 'TEA-100' })
  @IsString()
  @MaxLength(200)
  readonly sku!: string;
  @TextOrNull(500)
  readonly title?: string | null;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1_000_000 })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly quantity!: number;
  @ApiPropertyOptional({ default: true })
  @IfPresent()
  @IsBoolean()
  readonly requiresShipping?: boolean;
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 1_000_000_000,
    nullable: true,
    description: 'In the smallest unit of the currency',
  })
  @OrNull()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  readonly unitPrice?: number | null;
  @TextOrNull(100)
  readonly warehouseCode?: string | null;
}

/** An incoming order set right. What is left out stays as it was; number, state, date, currency, bill-to and references are the shop's, and stay in any case. */
export class CorrectIncomingOrderRequest {
  @TextOrNull(200, { description: 'Taken and not looked at, so that what was read can be sent back' })
  readonly orderNumber?: string | null;
  @TextOrNull(50, { description: 'Taken and not looked at' })
  readonly state?: string | null;
  @InstantOrNull()
  readonly placedAt?: string | null;
  @TextOrNull(3, { example: 'EUR' })
  readonly currency?: string | null;
  @ApiPropertyOptional({ type: IncomingAddress, nullable: true })
  @OrNull()
  @IsObject()
  @ValidateNested()
  @Type(() => IncomingAddress)
  readonly shipTo?: IncomingAddress | null;
  @ApiPropertyOptional({ type: IncomingAddress, nullable: true })
  @OrNull()
  @IsObject()
  @ValidateNested()
  @Type(() => IncomingAddress)
  readonly billTo?: IncomingAddress | null;
  @TextOrNull(100)
  readonly carrierService?: string | null;
  @TextOrNull(100)
  readonly warehouseCode?: string | null;
  @InstantOrNull()
  readonly requestedShipDate?: string | null;
  @InstantOrNull()
  readonly cancelAfter?: string | null;
  @TextOrNull(5_000)
  readonly note?: string | null;
  @ApiPropertyOptional({ type: [String], maxItems: 100 })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  readonly tags?: string[];
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, description: 'Taken and not looked at' })
  @IfPresent()
  @IsObject()
  readonly references?: Record<string, string>;
  @ApiPropertyOptional({ type: [IncomingLine], maxItems: 2_000 })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(2_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => IncomingLine)
  readonly lines?: IncomingLine[];
}

export class IncomingProblem {
  @ApiProperty({ description: 'Pointer into the order', example: '/lines/0/sku' })
  readonly field!: string;
  @ApiProperty({ example: 'unknown-sku' })
  readonly code!: string;
  @ApiProperty()
  readonly message!: string;
}

/** How the order stands now. */
export class IncomingAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly incomingId!: string;
  @ApiProperty({ enum: ['received', 'waiting', 'taken', 'ignored', 'recorded'] })
  readonly state!: string;
  @ApiProperty({ type: [IncomingProblem] })
  readonly problems!: readonly IncomingProblem[];
}
