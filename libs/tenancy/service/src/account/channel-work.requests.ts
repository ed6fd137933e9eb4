import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import type { JobPeriodsMs } from '@stockproof/tenancy-domain';
import { IsString, IsUrl, Length, MaxLength, ValidateBy } from 'class-validator';

export const channelStatuses = ['being-set-up', 'active', 'paused', 'disabled'] as const;

const shortestPeriodMs = 1_000;
const longestPeriodMs = 30 * 24 * 3_600_000;

const isPeriod = (value: unknown): boolean =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && value >= shortestPeriodMs && value <= longestPeriodMs);

const arePeriodsOf = (kinds: readonly string[], value: unknown): value is JobPeriodsMs =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([kind, period]) => kinds.includes(kind) && isPeriod(period));

/** The schema of a period for each of the jobs, for reading and writing. */
export const jobPeriodsSchema = (kinds: readonly string[]) => ({
  type: 'object' as const,
  description: 'Milliseconds between two runs by kind of job; null: only when asked for; absent: as the job has it',
  properties: Object.fromEntries(
    kinds.map((kind) => [
      kind,
      { type: 'integer' as const, nullable: true, minimum: shortestPeriodMs, maximum: longestPeriodMs, example: 60_000 },
    ]),
  ),
  additionalProperties: false,
});

/** A period for some of the jobs that a channel of this kind has. */
export const JobPeriods =
  (kinds: readonly string[]): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional(jobPeriodsSchema(kinds))(target, key);
    IfPresent()(target, key);
    ValidateBy({
      name: 'jobPeriods',
      validator: {
        validate: (value) => arePeriodsOf(kinds, value),
        defaultMessage: () => `$property: of ${kinds.join(', ')}, each null or ${shortestPeriodMs} to ${longestPeriodMs} milliseconds`,
      },
    })(target, key);
  };

export const endpointUrlText =
  'Without user, query and fragment: it is shown to everybody who reads the channel, secrets belong to the credentials';

/** Where a channel is reached: whatever could carry a secret is refused, as the URL stands in events and answers. */
export const IsEndpointUrl = (): PropertyDecorator => (target, key) => {
  IsUrl(
    {
      protocols: ['http', 'https'],
      ...{ require_tld: false, require_protocol: true, disallow_auth: true, allow_query_components: false, allow_fragments: false },
    },
    { message: '$property must be an http or https URL without user, query and fragment' },
  )(target, key);
  MaxLength(2_000)(target, key);
};

/** What an item must not share with another one; something that is no item at all is refused for that. */
export const by =
  <Item extends object>(key: (item: Item) => string) =>
  (item: unknown): unknown =>
    typeof item === 'object' && item !== null ? key(item as Item) : item;

export class CarrierServiceRequest {
  @ApiProperty({ example: 'DHL', minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  readonly carrierCode!: string;

  @ApiProperty({ example: 'EXPRESS', minLength: 1, maxLength: 100 })
  @IsString()
  @Length(1, 100)
  readonly serviceCode!: string;
}

/** Nested requests are instances of their class; an event holds plain objects. */
export const carrierServiceOf = ({ carrierCode, serviceCode }: CarrierServiceRequest) => ({ carrierCode, serviceCode });
