import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The top of the tree. */
export const root = join(__dirname, '..', '..', '..', '..');

const isProductCode = (file: string): boolean => !/\.spec\.ts$|\/testing\/|\/testing\.ts$|-scene\.ts$/.test(file);

const sources = new Map(
  globSync('libs/**/*.ts', { cwd: root })
    .filter(isProductCode)
    .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const),
);

/** The one file below a folder in which all these words stand. Throws where there is none, or several. */
export const fileWith = (below: string, ...words: readonly string[]): string => {
  const found = [...sources]
    .filter(([file, text]) => file.startsWith(below) && words.every((word) => text.includes(word)))
    .map(([file]) => file);
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${words.join(' and ')} below ${below}: ${found.length === 0 ? 'found nowhere' : `found in ${found.join(', ')}`}`);
  return found[0];
};

/** Where each thing that a story names is defined. */
export const definedIn = {
  command: (service: string, type: string): string => fileWith(`libs/${service}/domain/`, `export type ${type} = Command<`),
  decision: (service: string, command: string): string => fileWith(`libs/${service}/domain/`, ': Decider<', `case '${command}':`),
  event: (service: string, type: string): string => fileWith(`libs/${service}/domain/`, `export type ${type} = Event<`),
  contract: (type: string): string => fileWith(`libs/${type.split('.')[1]}/contracts/`, `type: '${type}'`),
  topic: (topic: string): string => fileWith(`libs/${topic.split('.')[1]}/contracts/`, `= '${topic}'`),
  publication: (service: string): string => fileWith(`libs/${service}/service/`, ': Publication = {'),
  consumer: (group: string): string => fileWith('libs/', `group: '${group}'`),
  view: (service: string, view: string): string => fileWith(`libs/${service}/service/`, ': Projection = {', `name: '${view}'`),
} as const;

/** Whether the decider's branch for this command leads, through the functions of its domain, to one that makes this event. */
export const mayDecide = (service: string, command: string, event: string): boolean => {
  const domain = `libs/${service}/domain/`;
  const decider = sources.get(definedIn.decision(service, command)) ?? '';
  const branch = decider.split(`case '${command}':`)[1]?.split(/ case '|\n};/)[0] ?? '';
  const makes = new RegExp(`type: [^,;]*'${event}'`);
  const texts = [branch];
  const seen = new Set<string>();
  const functions = functionsBelow(domain);
  for (const text of texts) {
    if (makes.test(text)) return true;
    for (const [name] of text.matchAll(/\b[a-z]\w+/g)) {
      if (!seen.has(name)) texts.push(...(functions.get(name) ?? []));
      seen.add(name);
    }
  }
  return false;
};

const functionsBelow = (folder: string): ReadonlyMap<string, readonly string[]> => {
  const functions = new Map<string, string[]>();
  for (const [file, text] of sources) {
    if (!file.startsWith(folder)) continue;
    for (const part of text.split(/^(?:export )?const /m).slice(1)) {
      const name = /^\w+/.exec(part)?.[0] ?? '';
      functions.set(name, [...(functions.get(name) ?? []), part]);
    }
  }
  return functions;
};
