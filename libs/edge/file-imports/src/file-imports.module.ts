import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Jobs } from '@stockproof/jobs';
import type { PersonalData } from '@stockproof/personal-data';
import type { ServiceDatabases } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { AnyFileKind } from './any-file-kind';
import { importsController, receivingController } from './file-imports.controllers';
import { filesToTake, receivedFiles } from './file-store';
import { letFilesIn } from './receiving/file-body';
import { takeFiles } from './taking-files';

export type FileImportsOptions = {
  readonly service: string;
  /** In the order in which the document names them. */
  readonly kinds: readonly AnyFileKind[];
  readonly databases: Pick<ServiceDatabases, 'writer' | 'worker'>;
  readonly personalData: PersonalData;
  readonly jobs: Jobs;
  readonly clock: Clock;
};

const receptionToken = Symbol('reception of files');
const takingToken = Symbol('taking of files');

/** `POST /v1/<service>/accounts/{id}/imports/<kind>` for each kind of file, and what became of them. Import it once, in a service's own module. */
@Module({})
export class FileImportsModule {
  static forService(options: FileImportsOptions): DynamicModule {
    const { service, kinds, databases } = options;
    const receiving = { ...options, files: receivedFiles(databases.writer) };
    const taking: OnModuleInit = { onModuleInit: () => takeFiles({ ...options, files: filesToTake(databases.worker) }) };
    return {
      module: FileImportsModule,
      controllers: [...kinds.map((kind) => receivingController(kind, receiving)), importsController(receiving)],
      providers: [
        {
          provide: receptionToken,
          useFactory: (host: HttpAdapterHost) => letFilesIn(host, service, kinds),
          inject: [HttpAdapterHost],
        },
        { provide: takingToken, useValue: taking },
      ],
    };
  }
}
