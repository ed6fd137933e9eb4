import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfPresent } from '@stockproof/http-problems';
import { IsString, MaxLength } from 'class-validator';
import { EditWarning } from '../product-source/edit-warning.requests';
import { References } from '../variants/references.requests';

/** What is sent is replaced, the rest stays as it is. */
export class ProductRequest {
  @ApiPropertyOptional({ maxLength: 500, example: 'Sencha tea' })
  @IfPresent()
  @IsString()
  @MaxLength(500)
  readonly title?: string;

  @References()
  readonly references?: Record<string, string>;
}

export class ProductWritten {
  @ApiProperty({ description: 'As it was first written' })
  readonly productId!: string;
  @ApiProperty({ type: 'integer', description: 'Revision of the product' })
  readonly revision!: number;
  @ApiProperty({ type: [EditWarning] })
  readonly warnings!: readonly EditWarning[];
}
