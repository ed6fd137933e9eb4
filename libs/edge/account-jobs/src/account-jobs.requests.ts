import { ApiProperty } from '@nestjs/swagger';

export class JobProgress {
  @ApiProperty({ type: 'integer' }) readonly done!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Of how many; null where that is not known before the end' }) readonly of!:
    number | null;
}

export class JobView {
  @ApiProperty({ example: 'export-shipments' }) readonly kind!: string;
  @ApiProperty({ description: 'What the job works for' }) readonly subject!: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When the last run began' }) readonly lastRunAt!:
    string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) readonly lastSuccessAt!: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'null: runs only when asked to' }) readonly nextRunAt!:
    string | null;
  @ApiProperty({ type: 'integer', description: 'Failures since the last success' }) readonly failures!: number;
  @ApiProperty({ nullable: true, type: String }) readonly lastError!: string | null;
  @ApiProperty({ description: 'How far the last run has come' }) readonly progress!: JobProgress;
}

export class JobRunRequested {
  @ApiProperty() readonly kind!: string;
  @ApiProperty() readonly subject!: string;
}
