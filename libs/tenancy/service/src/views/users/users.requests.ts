import { ApiProperty } from '@nestjs/swagger';

export class UserDocument {
  @ApiProperty({ format: 'uuid' })
  readonly userId!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null once forgotten' })
  readonly email!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'null once forgotten' })
  readonly name!: string | null;
  @ApiProperty({ example: 'administrator' })
  readonly role!: string;
  @ApiProperty()
  readonly active!: boolean;
  @ApiProperty({ type: String, nullable: true })
  readonly language!: string | null;
  @ApiProperty({ type: String, nullable: true })
  readonly timeZone!: string | null;
}
