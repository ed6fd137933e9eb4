import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import { settingNames, type SettingName } from '@stockproof/tenancy-domain';
import { ArrayMaxSize, IsArray, IsIn, IsUUID, ValidateIf } from 'class-validator';
import { SettingsRequest } from '../organization/settings.requests';

/** Sets some settings, gives others back to the organization; the rest stays as it is. */
export class AccountSettingsRequest extends SettingsRequest {
  @ApiPropertyOptional({ format: 'uuid', type: String, nullable: true, description: 'Physical or virtual, enabled here' })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsUUID()
  readonly defaultWarehouseId?: string | null;

  @ApiPropertyOptional({ enum: settingNames, isArray: true, description: 'Settings that the account inherits again' })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsIn(settingNames, { each: true })
  readonly inherit: readonly SettingName[] = [];
}
