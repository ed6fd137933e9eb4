import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class SignInRequest {
  @ApiProperty({ description: 'E-mail, or `admin` for the administrator of the installation', example: 'olga@example.com' })
  @IsString()
  @MinLength(1)
  @MaxLength(320)
  readonly email!: string;

  @ApiProperty({ format: 'password' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly password!: string;
}

export class RefreshTokenRequest {
  @ApiProperty({ description: 'As the last answer gave it; good once' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly refreshToken!: string;
}

export class SessionDocument {
  @ApiProperty({ description: 'For `Authorization: Bearer …`' })
  readonly accessToken!: string;
  @ApiProperty({ enum: ['Bearer'] })
  readonly tokenType!: 'Bearer';
  @ApiProperty({ type: 'integer', example: 300 })
  readonly expiresInSeconds!: number;
  @ApiProperty({ description: 'Good once, within 30 days' })
  readonly refreshToken!: string;
  @ApiProperty({ format: 'uuid' })
  readonly userId!: string;
}

export class PublicKeyDocument {
  @ApiProperty({ enum: ['EC'] })
  readonly kty!: 'EC';
  @ApiProperty({ enum: ['P-256'] })
  readonly crv!: 'P-256';
  @ApiProperty()
  readonly x!: string;
  @ApiProperty()
  readonly y!: string;
  @ApiProperty({ format: 'uuid' })
  readonly kid!: string;
  @ApiProperty({ enum: ['ES256'] })
  readonly alg!: 'ES256';
  @ApiProperty({ enum: ['sig'] })
  readonly use!: 'sig';
}

export class PublicKeysDocument {
  @ApiProperty({ type: [PublicKeyDocument] })
  readonly keys!: readonly PublicKeyDocument[];
}
