import { ApiProperty } from '@nestjs/swagger';

export class ApiKeyDocument {
  @ApiProperty({ format: 'uuid' })
  readonly keyId!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ type: [String] })
  readonly scopes!: readonly string[];
  @ApiProperty({ enum: ['live', 'test'] })
  readonly mode!: 'live' | 'test';
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  readonly expiresAt!: string | null;
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  readonly revokedAt!: string | null;
}
