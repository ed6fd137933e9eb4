import { ApiProperty } from '@nestjs/swagger';
import type { InheritableSettings } from '@stockproof/tenancy-domain';

export class OrganizationDocument {
  @ApiProperty({ format: 'uuid' })
  readonly organizationId!: string;
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ type: String, nullable: true })
  readonly licenceOwner!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What accounts inherit until they set their own' })
  readonly defaults!: InheritableSettings;
}
