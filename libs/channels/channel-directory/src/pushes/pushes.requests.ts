import { ApiProperty } from '@nestjs/swagger';

/** How many things a push said, and how many were about something known. */
export class PushAnswer {
  @ApiProperty({ type: 'integer' })
  readonly received!: number;
  @ApiProperty({ type: 'integer' })
  readonly applied!: number;
}
