import { ApiProperty } from '@nestjs/swagger';

/** Something that whoever edits should know; the edit holds all the same. */
export class EditWarning {
  @ApiProperty({ example: 'next-import-may-overwrite' })
  readonly code!: string;
  @ApiProperty()
  readonly message!: string;
}
