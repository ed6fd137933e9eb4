import type { LoggerService } from '@nestjs/common';
import type { Log } from './service-definition';

/** NestJS's own messages in our log. What it tells at every start – modules, routes – is left out. */
export const nestLog = (log: Log): LoggerService => ({
  log: () => undefined,
  warn: (message: unknown, ...rest: unknown[]) => log.warn({ nest: rest.filter((each) => typeof each === 'string') }, String(message)),
  error: (message: unknown, ...rest: unknown[]) => log.error({ nest: rest.filter((each) => typeof each === 'string') }, String(message)),
});
