import { ValidationPipe, type ArgumentMetadata, type PipeTransform, type ValidationError } from '@nestjs/common';
import { unstorableTexts } from './hostile-input';
import { knownProblems } from './known-problems';
import { pointerTo } from './pointer';
import type { ProblemDetail } from './problem';
import { ProblemException } from './problem-exception';

/** A client repairs no more at once than it can read; a hostile one must not make answers grow. */
const maxErrors = 100;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const codeOf = (constraint: string): string => (constraint === 'whitelistValidation' ? 'unknown-field' : kebab(constraint));

const detailsOf = (errors: readonly ValidationError[], place: string): readonly ProblemDetail[] =>
  errors.flatMap((error) => {
    const pointer = `${place}${pointerTo([error.property])}`;
    const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({ pointer, code: codeOf(constraint), message }));
    return [...own, ...detailsOf(error.children ?? [], pointer)];
  });

const refusal = (details: readonly ProblemDetail[]): ProblemException =>
  new ProblemException({
    ...knownProblems.validationFailed,
    errors: details.slice(0, maxErrors),
    ...(details.length > maxErrors ? { detail: `${details.length} faults; the first ${maxErrors} are named.` } : {}),
  });

/** What a request class finds wrong, before it is told. */
class Faults extends Error {
  constructor(readonly details: readonly ProblemDetail[]) {
    super();
  }
}

const pipeFor = (place: string): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false, exposeDefaultValues: true },
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new Faults(detailsOf(errors, place)),
  });

const describesObject = ({ type, metatype }: ArgumentMetadata): boolean =>
  type === 'body' && metatype !== undefined && ![Object, Array, String, Number, Boolean, Buffer].some((plain) => plain === metatype);
const isObject = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value));

const faultsIn = (error: unknown): readonly ProblemDetail[] => {
  if (error instanceof Faults) return error.details;
  throw error;
};

/** The same with another letter where one cannot be stored: there are rules that throw at such a letter instead of refusing it. */
const storable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\ufffd') : part,
  );

/** Validates body, query and path against their request classes; names every bad field at once, by JSON pointer. */
export const validationPipe = (): PipeTransform => {
  const pipes = { body: pipeFor(''), query: pipeFor('/query'), param: pipeFor('/path') };
  return {
    transform: async (value: unknown, metadata: ArgumentMetadata) => {
      if (metadata.type === 'custom') return value;
      if (describesObject(metadata) && !isObject(value))
        throw refusal([{ pointer: '', code: 'is-object', message: 'must be a JSON object' }]);
      const unstorable = metadata.type === 'body' ? unstorableTexts(value, '') : [];
      let faults: readonly ProblemDetail[] = [];
      const taken: unknown = await pipes[metadata.type]
        .transform(unstorable.length > 0 ? storable(value) : value, metadata)
        .catch((error: unknown) => void (faults = faultsIn(error)));
      if (unstorable.length + faults.length > 0) throw refusal([...unstorable, ...faults]);
      return taken;
    },
  };
};
