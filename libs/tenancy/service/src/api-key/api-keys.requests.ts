import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { accountPermissions, type Permission } from '@stockproof/access';
import { IfPresent, IsInstant } from '@stockproof/http-problems';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, Length } from 'class-validator';

export class ApiKeyRequest {
  @ApiProperty({ example: 'ERP' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ enum: accountPermissions, isArray: true, example: ['order:read', 'order:write'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(accountPermissions, { each: true })
  readonly scopes!: readonly Permission[];

  @ApiPropertyOptional({ enum: ['live', 'test'], default: 'live' })
  @IfPresent()
  @IsIn(['live', 'test'])
  readonly mode: 'live' | 'test' = 'live';

  @ApiPropertyOptional({ format: 'date-time', description: 'Absent: until it is revoked' })
  @IfPresent()
  @IsInstant()
  readonly expiresAt?: string;
}

export class CreatedApiKey {
  @ApiProperty({ format: 'uuid' })
  readonly keyId!: string;
  @ApiProperty({ description: 'Shown once, for `Authorization: Bearer …`', example: 'spf_live_…' })
  readonly key!: string;
}
