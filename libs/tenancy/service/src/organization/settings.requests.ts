import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import type { OwnSettings } from '@stockproof/tenancy-domain';
import { IsBoolean, IsIn, IsInt, IsTimeZone, Max, Min, ValidateIf } from 'class-validator';

const SettingFlag =
  (description: string): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ type: 'boolean', description })(target, key);
    IfPresent()(target, key);
    IsBoolean()(target, key);
  };

/** Settings to set; absent ones stay as they are. */
export class SettingsRequest {
  @ApiPropertyOptional({ description: 'IANA name', example: 'Europe/Berlin' })
  @IfPresent()
  @IsTimeZone()
  readonly timeZone?: string;

  @ApiPropertyOptional({ enum: ['metric', 'imperial'], description: 'For display; storage is always mm and g' })
  @IfPresent()
  @IsIn(['metric', 'imperial'])
  readonly displayUnits?: 'metric' | 'imperial';

  @SettingFlag('Whether one order may become several shipments')
  readonly allowSplitting?: boolean;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, description: 'Per order; null: no limit' })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly maximumShipments?: number | null;

  @SettingFlag('Whether one line may be cut over two warehouses')
  readonly allowLineSplit?: boolean;

  @SettingFlag('Whether what is there is sent when not all is there')
  readonly partialFulfillment?: boolean;

  @ApiPropertyOptional({ enum: ['draft', 'approved'] })
  @IfPresent()
  @IsIn(['draft', 'approved'])
  readonly defaultOrderStatus?: 'draft' | 'approved';

  @SettingFlag('Whether an approved order goes straight on to allocation')
  readonly automaticSalesWorkflow?: boolean;

  @SettingFlag('Whether a purchase order is approved when it is created')
  readonly automaticPurchaseWorkflow?: boolean;

  @SettingFlag('Whether an older waiting order keeps its stock from all younger ones')
  readonly strictOrder?: boolean;
}

/** Only what was sent: absent fields of a request class may stand there as undefined. */
export const sentSettings = (request: SettingsRequest): OwnSettings => {
  const { timeZone, displayUnits, allowSplitting, maximumShipments, allowLineSplit } = request;
  const { partialFulfillment, defaultOrderStatus, automaticSalesWorkflow, automaticPurchaseWorkflow, strictOrder } = request;
  const all = { timeZone, displayUnits, allowSplitting, maximumShipments, allowLineSplit, partialFulfillment, defaultOrderStatus };
  const workflows = { automaticSalesWorkflow, automaticPurchaseWorkflow, strictOrder };
  return Object.fromEntries(Object.entries({ ...all, ...workflows }).filter(([, value]) => value !== undefined));
};
