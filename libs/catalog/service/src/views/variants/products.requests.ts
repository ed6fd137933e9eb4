import { ApiProperty } from '@nestjs/swagger';

/** What groups variants: list them by `variants?productId=`. */
export class ProductDocument {
  @ApiProperty({ example: 'TEA-SENCHA' })
  readonly productId!: string;
  @ApiProperty()
  readonly title!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly references!: Readonly<Record<string, string>>;
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
}
