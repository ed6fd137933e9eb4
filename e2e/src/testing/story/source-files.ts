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
