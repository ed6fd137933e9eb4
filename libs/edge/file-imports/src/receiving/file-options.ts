import type { PipeTransform } from '@nestjs/common';
import { knownProblems, ProblemException, type ProblemDetail } from '@stockproof/http-problems';
import { validate } from 'uuid';
import type { AnyFileKind } from '../any-file-kind';

type Option = AnyFileKind['options'][string];

const longest = 300;

const faultOf = (name: string, value: unknown, option: Option | undefined): ProblemDetail | null => {
  const pointer = `/query/${name}`;
  if (option === undefined) return { pointer, code: 'unknown-field', message: 'is not known here' };
  if (value === undefined) return option.required ? { pointer, code: 'missing', message: 'is needed' } : null;
  if (typeof value !== 'string' || value.length > longest || value.trim() === '')
    return { pointer, code: 'is-string', message: `must be given once, with 1 to ${longest} characters` };
  return option.format === 'uuid' && !validate(value) ? { pointer, code: 'is-uuid', message: 'must be a UUID' } : null;
};

const fileName: Option = { description: 'What people call the file', required: false, format: 'text' };

export const optionsOf = ({ options }: Pick<AnyFileKind, 'options'>): AnyFileKind['options'] => ({ name: fileName, ...options });

/** Everything that is said beside a file, every fault named at once. */
export const optionsPipe = (kind: Pick<AnyFileKind, 'options'>): PipeTransform<unknown, Readonly<Record<string, string>>> => ({
  transform: (given) => {
    const known = optionsOf(kind);
    const query = given as Readonly<Record<string, unknown>>;
    const errors = [...new Set([...Object.keys(query), ...Object.keys(known)])].flatMap(
      (name) => faultOf(name, query[name], known[name]) ?? [],
    );
    if (errors.length > 0) throw new ProblemException({ ...knownProblems.validationFailed, errors: errors.slice(0, 100) });
    return query as Readonly<Record<string, string>>;
  },
});
