import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { EditWarning } from '../product-source/edit-warning.requests';
import { References } from '../variants/references.requests';

/** What a product is called. References that are not sent stay as they are. */
export class ProductRequest {
  @ApiProperty({ maxLength: 500, example: 'Sencha tea' })
  @IsString()
  @MaxLength(500)
  readonly title!: string;

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
