import { applyDecorators, Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Caller, Requires } from '@stockproof/access';
import { ApiPage, Cursors, knownProblems, ListQuery, ProblemException, Problems, UuidParam, type Page } from '@stockproof/http-problems';
import { TakesIdempotencyKey } from '@stockproof/idempotency';
import type { Jobs } from '@stockproof/jobs';
import type { PersonalData } from '@stockproof/personal-data';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnyFileKind } from './any-file-kind';
import type { OptionFormat } from './file-kind';
import { FileImport, FileImportRow } from './file-imports.requests';
import type { ImportStatus, ReceivedFiles } from './file-store';
import { fileLimitBytes, fileOf, fileUnreadable, pathOf, ReadsFile } from './receiving/file-body';
import { optionsOf, optionsPipe } from './receiving/file-options';
import { sealContent } from './sealed-content';
import { scheduleTaking } from './taking-files';

export type Receiving = {
  readonly service: string;
  readonly files: ReceivedFiles;
  readonly personalData: PersonalData;
  readonly jobs: Jobs;
  readonly clock: Clock;
};

const named = (text: string): string =>
  text
    .split('-')
    .map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`)
    .join('');

const schemas = {
  uuid: { type: 'string', format: 'uuid' },
  instant: { type: 'string', format: 'date-time' },
  text: { type: 'string', maxLength: 300 },
} as const satisfies Record<OptionFormat, object>;

const documented = (kind: AnyFileKind): MethodDecorator =>
  applyDecorators(
    ApiConsumes(...kind.mediaTypes),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
    ...Object.entries(optionsOf(kind)).map(([name, { description, required, format }]) =>
      ApiQuery({
        name,
        description,
        required,
        schema: schemas[format],
      }),
    ),
  );

/** One kind of file as a route of its own: it is kept before it is answered, and taken by whoever runs jobs. */
export const receivingController = (kind: AnyFileKind, { service, files, personalData, jobs, clock }: Receiving): Type<unknown> => {
  @ApiTags('Files')
  @Controller(pathOf(service, kind))
  class ReceivingController {
    @Post()
    @HttpCode(202)
    @Requires(kind.permission)
    @UseGuards(new ReadsFile(kind.limitBytes ?? fileLimitBytes))
    @TakesIdempotencyKey()
    @ApiOperation({ operationId: `import${named(kind.name)}`, summary: kind.summary })
    @ApiAcceptedResponse({ type: FileImport })
    @documented(kind)
    @Problems(fileUnreadable)
    async receive(
      @Caller() caller: Caller,
      @Query(optionsPipe(kind)) said: Readonly<Record<string, string>>,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<FileImport> {
      const { packed, bytes, sha256 } = fileOf(request);
      const { name = `${kind.name} of ${clock.now()}`, ...options } = said;
      const { accountId, organizationId } = caller;
      const fileId = derivedId('file', accountId, kind.name, JSON.stringify(Object.entries(options).sort()), sha256);
      if ((await files.status(accountId, fileId)) === null) {
        const content = await sealContent(personalData, packed);
        const { actor } = caller.context();
        const file = { accountId, organizationId, fileId, kind: kind.name, name, options, actor, bytes, content };
        await files.receive({ ...file, receivedAt: clock.now() });
      }
      const status = await files.status(accountId, fileId);
      if (status === null) throw new ProblemException(knownProblems.notFound);
      // Also for a file that was received by a process that died right then.
      if (status.endedAt === null) await scheduleTaking(jobs, accountId, fileId);
      reply.header('location', `/v1/${service}/accounts/${accountId}/imports/${fileId}`);
      return shown(status);
    }
  }
  return ReceivingController;
};

/** What became of the files of an account. */
export const importsController = ({ service, files }: Receiving): Type<unknown> => {
  const ofService = named(service);

  @ApiTags('Files')
  @Controller(`v1/${service}/accounts/:accountId/imports`)
  class ImportsController {
    constructor(private readonly cursors: Cursors) {}

    @Get()
    @Requires('job:read')
    @ApiOperation({ operationId: `list${ofService}Imports`, summary: 'Files that were received, the newest first' })
    @ApiPage(FileImport)
    async list(@Caller() { accountId }: Caller, @Query() query: ListQuery): Promise<Page<FileImport>> {
      const list = `imports ${accountId}`;
      const rows = await files.list(accountId, this.cursors.after<{ receivedAt: string; fileId: string }>(list, query), query.limit + 1);
      return this.cursors.page(list, query, rows, { item: shown, place: ({ receivedAt, fileId }) => ({ receivedAt, fileId }) });
    }

    @Get(':fileId')
    @Requires('job:read')
    @ApiOperation({ operationId: `get${ofService}Import`, summary: 'How far a file has been taken' })
    @ApiOkResponse({ type: FileImport })
    async one(@Caller() { accountId }: Caller, @UuidParam('fileId') fileId: string): Promise<FileImport> {
      const status = await files.status(accountId, fileId);
      if (status === null) throw new ProblemException(knownProblems.notFound);
      return shown(status);
    }

    @Get(':fileId/rows')
    @Requires('job:read')
    @ApiOperation({ operationId: `list${ofService}ImportRows`, summary: 'Rows that were skipped or refused, in the order of the file' })
    @ApiPage(FileImportRow)
    async rows(
      @Caller() { accountId }: Caller,
      @UuidParam('fileId') fileId: string,
      @Query() query: ListQuery,
    ): Promise<Page<FileImportRow>> {
      const list = `import rows ${accountId} ${fileId}`;
      const after = this.cursors.after<{ row: number }>(list, query)?.row ?? 0;
      const rows = await files.rows(accountId, fileId, after, query.limit + 1);
      return this.cursors.page(list, query, rows, { item: (row) => row, place: ({ row }) => ({ row }) });
    }
  }
  return ImportsController;
};

const shown = ({ done, of, taken, skipped, refused, ...status }: ImportStatus): FileImport => ({
  ...status,
  progress: { done, of },
  counts: { taken, skipped, refused },
});
