import { Argument, Command as Commander, CommanderError, Option } from 'commander';
import type { Desk } from '../desk';
import type { Command, Given, Outcome } from './command';
import { exitCodes } from './exit-codes';
import { UsageError } from './failures';

export type Answered = { readonly outcome: Outcome; readonly json: boolean };

const codes = [
  'Exit codes:',
  `  ${exitCodes.ok}   what was asked for is done, and nothing is wrong`,
  `  ${exitCodes.wrong}   something is wrong, or was given up`,
  `  ${exitCodes.usage}  wrong words or options; nothing was done`,
  `  ${exitCodes.unavailable}  the database, a service or what else is needed does not answer`,
].join('\n');

const environment =
  'It reads the same environment as the services (DATABASE_URL, STOCKPROOF_DATA_DIR, …). Without DATABASE_URL it joins the embedded\n' +
  'database of a product that runs on the same data folder, and starts it for itself where none runs.';

/** Reads the words, calls the command, and answers what it said; `null` where help was asked for. Throws `UsageError` and what commands throw. */
export const answerTo = async (commands: readonly Command[], words: readonly string[], desk: Desk): Promise<Answered | null> => {
  let answered: Answered | null = null;
  const program = programOf(commands, desk, async (command, { given, wrong }, json) => {
    answered = { outcome: await command.answer(given, desk, wrong), json };
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return null;
    throw new UsageError([error.code === 'commander.help' ? 'a command is missing' : error.message.replace(/^error: /, '')]);
  }
  return answered;
};

type Words = { readonly given: Given; readonly wrong: readonly string[] };
type Call = (command: Command, words: Words, json: boolean) => Promise<void>;

const programOf = (commands: readonly Command[], { print, tell }: Desk, call: Call): Commander => {
  const program = new Commander('stockproof')
    .description(flowing(`The command line of Stockproof, for whoever operates it.\n\n${environment}`))
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: (text) => tell(text.trimEnd()), outputError: () => undefined })
    .addHelpText('after', `\n${codes}\n\nOf one command: stockproof <command> --help`);
  const groups = new Map<string, Commander>();
  for (const command of commands) {
    const [group, name] = command.path.includes(' ') ? command.path.split(' ') : [null, command.path];
    const parent = group == null ? program : (groups.get(group) ?? program.command(group).exitOverride());
    if (group != null) groups.set(group, parent.description(`${groupTexts[group] ?? ''}`));
    added(parent.command(name ?? ''), command, call);
  }
  return program;
};

/** Paragraphs that are broken where the terminal ends, not where the source does. */
const flowing = (text: string): string => text.replace(/(?<!\n)\n(?!\n)/g, ' ');

const groupTexts: Readonly<Record<string, string>> = {
  view: 'what is read from: where each view stands, and building one anew',
  parked: 'messages that could not be handled, and what waits behind them',
};

/** Nothing is checked by the parser itself, so that everything that is wrong can be named at once. */
const added = (to: Commander, command: Command, call: Call): void => {
  to.summary(command.summary)
    .description(flowing(command.description))
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .addHelpText('after', `\nExamples:\n${command.examples.map((each) => `  stockproof ${each}`).join('\n')}\n\n${codes}`);
  for (const [name, what] of command.arguments ?? []) to.addArgument(new Argument(`<${name}>`, what).argOptional());
  for (const [flags, what] of command.options ?? []) to.addOption(lenient(flags, what));
  to.option('--json', 'answer as one JSON document on the standard output');
  to.action(async () => {
    const { json, ...options } = to.opts<{ json?: boolean }>();
    const words = wordsOf(command, to.args);
    await call(command, { ...words, given: { ...words.given, ...options } }, json === true);
  });
};

const lenient = (flags: string, what: string): Option => {
  const option = new Option(flags, what);
  if (!option.required) return option;
  option.required = false;
  option.optional = true;
  if (!option.variadic) return option;
  option.variadic = false;
  return option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
};

/** The arguments by name, and what is wrong: options that nobody knows and words that nobody asked for. */
const wordsOf = ({ arguments: known = [] }: Command, words: readonly string[]): Words => {
  const unknown = words.filter((word) => word.startsWith('-') && word !== '-');
  const given = words.filter((word) => !unknown.includes(word));
  // The word behind an unknown option may be its value: it is not called one too many.
  const tooMany = unknown.length > 0 ? [] : given.slice(known.length);
  return {
    given: Object.fromEntries(known.flatMap(([name], index) => (given[index] === undefined ? [] : [[name, given[index]]]))),
    wrong: [
      ...unknown.map((word) => `${word.split('=')[0]} is no option of this command`),
      ...tooMany.map((word) => `"${word}" is one word too many`),
    ],
  };
};
