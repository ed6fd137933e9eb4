import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import { IsString, IsTimeZone, Length, MaxLength, MinLength } from 'class-validator';

export class ReachableAccount {
  @ApiProperty({ format: 'uuid' })
  readonly accountId!: string;
  @ApiProperty({ example: 'MY-ACCOUNT' })
  readonly code!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ description: 'A disabled account is only read, and only by organization users' })
  readonly enabled!: boolean;
  @ApiProperty({ type: [String], description: 'What the caller may do there' })
  readonly permissions!: readonly string[];
}

export class MeDocument {
  @ApiProperty({ enum: ['user', 'key'] })
  readonly kind!: 'user' | 'key';
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null for keys' })
  readonly email!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly language!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly timeZone!: string | null;
  @ApiProperty()
  readonly installationAdministrator!: boolean;
  @ApiProperty({ format: 'uuid', type: String, nullable: true })
  readonly organizationId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly organizationRole!: string | null;
  @ApiProperty({ type: [String], description: 'Outside of accounts' })
  readonly permissions!: readonly string[];
  @ApiProperty({ type: [ReachableAccount] })
  readonly accounts!: readonly ReachableAccount[];
}

export class ProfileRequest {
  @ApiPropertyOptional()
  @IfPresent()
  @IsString()
  @Length(1, 200)
  readonly name?: string;

  @ApiPropertyOptional({ description: 'BCP 47' })
  @IfPresent()
  @IsString()
  @Length(2, 35)
  readonly language?: string;

  @ApiPropertyOptional({ description: 'IANA name' })
  @IfPresent()
  @IsTimeZone()
  readonly timeZone?: string;
}

export class PasswordRequest {
  @ApiProperty({ format: 'password' })
  @IsString()
  @MaxLength(200)
  readonly currentPassword!: string;

  @ApiProperty({ format: 'password', minLength: 10 })
  @IsString()
  @MinLength(10)
  @MaxLength(200)
  readonly newPassword!: string;
}
