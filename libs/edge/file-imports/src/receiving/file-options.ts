import type { PipeTransform } from '@nestjs/common';
import { knownProblems, ProblemException, type ProblemDetail } from '@stockproof/http-problems';
import { instantOf, parseInstant } from '@stockproof/vocabulary';
import { validate } from 'uuid';
import type { AnyFileKind } from '../any-file-kind';
import type { OptionFormat } from '../file-kind';

type Option = AnyFileKind['options'][string];

const longest = 300;

const faultOf = (name: string, value: unknown, option: Option | undefined): ProblemDetail | null => {
  const pointer = `/query/${name}`;
  if (option === undefined) return { pointer, code: 'unknown-field', message: 'is not known here' };
  if (value === undefined) return option.required ? { pointer, code: 'missing', message: 'is needed' } : null;
  if (typeof value !== 'string' || value.length > longest || value.trim() === '')
    return { pointer, code: 'is-string', message: `must be given once, with 1 to ${longest} characters` };
  return formats[option.format](value) ? null : { pointer, ...faults[option.format] };
};

const formats: Readonly<Record<OptionFormat, (value: string) => boolean>> = {
  text: () => true,
  uuid: validate,
  instant: (value) => parseInstant(value) !== null,
};
const faults: Readonly<Record<OptionFormat, Omit<ProblemDetail, 'pointer'>>> = {
  text: { code: 'is-string', message: 'must be text' },
  uuid: { code: 'is-uuid', message: 'must be a UUID' },
  instant: { code: 'is-instant', message: 'must be a moment with its zone, like 2026-01-31T12:00:00Z' },
};

/** The same moment or id, however it is written, is the same option. */
const meant: Readonly<Record<OptionFormat, (value: string) => string>> = {
  text: (value) => value,
  uuid: (value) => value.toLowerCase(),
  instant: instantOf,
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
    const said = Object.entries(query as Readonly<Record<string, string>>);
    return Object.fromEntries(said.map(([name, value]) => [name, meant[known[name]?.format ?? 'text'](value)]));
  },
});
