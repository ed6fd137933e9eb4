import type { z } from 'zod';
import type { Desk } from '../desk';
import type { ExitCode } from './exit-codes';
import { UsageError } from './failures';

/** What a command says at its end: for people, and with `--json` for programs. */
export type Outcome = { readonly code: ExitCode; readonly lines: readonly string[]; readonly json: unknown };

/** Everything that was given, by name: `true` for an option without a value. */
export type Given = Readonly<Record<string, unknown>>;

export type CommandText = {
  /** `view rebuild`: the words that call it. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** `[name, what it is]` in their order; `values` says which may be left out. */
  readonly arguments?: readonly (readonly [name: string, what: string])[];
  /** `['--after <position>', 'what it does']`. */
  readonly options?: readonly (readonly [flags: string, what: string])[];
  readonly examples: readonly string[];
};

export type Command = CommandText & {
  /** `alsoWrong`: what was found wrong before, told together with the rest. */
  readonly answer: (given: Given, desk: Desk, alsoWrong: readonly string[]) => Promise<Outcome>;
};

const hyphenated = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A command whose words are checked all together before anything is done. */
export const command = <Values extends z.ZodObject>({
  values,
  run,
  ...text
}: CommandText & { readonly values: Values; readonly run: (values: z.output<Values>, desk: Desk) => Promise<Outcome> }): Command => ({
  ...text,
  answer: async (given, desk, alsoWrong) => {
    const read = values.safeParse(given);
    if (read.success && alsoWrong.length === 0) return run(read.data, desk);
    const isArgument = (name: string): boolean => (text.arguments ?? []).some(([each]) => each === name);
    const wrong = (read.error?.issues ?? []).map(({ path, message }) => {
      const name = String(path[0]);
      return `${isArgument(name) ? `<${name}>` : `--${hyphenated(name)}`} ${message}`;
    });
    throw new UsageError([...alsoWrong, ...wrong]);
  },
});
