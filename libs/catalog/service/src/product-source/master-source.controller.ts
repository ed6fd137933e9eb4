import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { knownProblems, problem, ProblemException, Problems } from '@stockproof/http-problems';
import { catalogPreview } from '../catalog.tokens';
import { MasterSourcePreview, MasterSourceQuery, type SkusOfPreview } from './master-source.requests';
import { previewSource, type Previewing } from './previewing-source';

const notReadable = problem(409, 'channel-not-readable', 'What the channel has cannot be read now', { retryable: true });

@ApiTags('Products')
@Controller('v1/catalog/accounts/:accountId/master-source/preview')
export class MasterSourceController {
  constructor(@Inject(catalogPreview) private readonly previewing: Previewing) {}

  @Get()
  @Requires('catalog:read')
  @ApiOperation({
    operationId: 'previewMasterSource',
    summary: 'What would happen if products came from there: only here, only there, in both, colliding; nothing is written',
  })
  @ApiOkResponse({ type: MasterSourcePreview })
  @Problems(knownProblems.notFound, notReadable)
  async preview(
    @Caller() { accountId }: Caller,
    @Query() { kind = 'stockproof', id = '' }: MasterSourceQuery,
  ): Promise<MasterSourcePreview> {
    if (kind !== 'stockproof' && id === '') throw new ProblemException(knownProblems.notFound);
    const seen = await previewSource(this.previewing, accountId, { kind, id });
    switch (seen.outcome) {
      case 'unknown-channel':
        throw new ProblemException(knownProblems.notFound);
      case 'not-readable':
        throw new ProblemException({ ...notReadable, detail: seen.reason });
      case 'seen': {
        const { onlyHere, onlyThere, inBoth, colliding, complete } = seen.preview;
        return {
          ...{ onlyHere: firstOf(onlyHere), onlyThere: firstOf(onlyThere) },
          ...{ inBoth: firstOf(inBoth), colliding: firstOf(colliding), complete },
        };
      }
    }
  }
}

const firstOf = (skus: readonly string[]): SkusOfPreview => ({ count: skus.length, skus: skus.slice(0, 100) });
