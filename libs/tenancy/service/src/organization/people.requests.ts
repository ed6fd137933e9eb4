import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import { accountRoles, organizationRoles, type AccountRole, type OrganizationRole } from '@stockproof/tenancy-domain';
import { IsEmail, IsIn, IsString, IsTimeZone, Length, MaxLength, MinLength } from 'class-validator';

export class PersonRequest {
  @ApiProperty({ format: 'email', description: 'To sign in with; never changes', example: 'olga@example.com' })
  @IsEmail()
  @MaxLength(320)
  readonly email!: string;

  @ApiProperty({ example: 'Olga Owner' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ format: 'password', minLength: 10 })
  @IsString()
  @MinLength(10)
  @MaxLength(200)
  readonly password!: string;

  @ApiPropertyOptional({ description: 'BCP 47', example: 'en', default: 'en' })
  @IfPresent()
  @IsString()
  @Length(2, 35)
  readonly language: string = 'en';

  @ApiPropertyOptional({ description: 'IANA name; absent: as the organization has it', example: 'Europe/Berlin' })
  @IfPresent()
  @IsTimeZone()
  readonly timeZone?: string;
}

export class OrganizationUserRequest extends PersonRequest {
  @ApiProperty({ enum: organizationRoles })
  @IsIn(organizationRoles)
  readonly role!: OrganizationRole;
}

export class OrganizationRoleRequest {
  @ApiProperty({ enum: organizationRoles })
  @IsIn(organizationRoles)
  readonly role!: OrganizationRole;
}

export class AccountUserRequest extends PersonRequest {
  @ApiProperty({ enum: accountRoles })
  @IsIn(accountRoles)
  readonly role!: AccountRole;
}

export class AccountRoleRequest {
  @ApiProperty({ enum: accountRoles })
  @IsIn(accountRoles)
  readonly role!: AccountRole;
}

export class CreatedUser {
  @ApiProperty({ format: 'uuid' })
  readonly userId!: string;
}
