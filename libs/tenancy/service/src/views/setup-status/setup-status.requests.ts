import { ApiProperty } from '@nestjs/swagger';

export class SetupStepDocument {
  @ApiProperty({ example: 'enabled-warehouse' })
  readonly step!: string;
  @ApiProperty()
  readonly title!: string;
  @ApiProperty({ description: 'The call that does it' })
  readonly call!: string;
  @ApiProperty()
  readonly blocksFirstOrder!: boolean;
  @ApiProperty()
  readonly done!: boolean;
}

export class SetupStatusDocument {
  @ApiProperty({ type: [SetupStepDocument], description: 'In the order in which they must be done' })
  readonly steps!: readonly SetupStepDocument[];
  @ApiProperty({ type: [String], description: 'Open steps without which no order can come' })
  readonly blocksFirstOrder!: readonly string[];
}
