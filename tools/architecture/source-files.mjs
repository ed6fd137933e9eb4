import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './project-graph.mjs';

const ignored = (name) => /(^|\/)(node_modules|dist|\.nx|\.stockproof|coverage)$/.test(name);
const find = (pattern) => globSync(pattern, { cwd: root, exclude: (entry) => ignored(String(entry)) }).sort();

export const typescriptFiles = () => find('**/*.ts').filter((file) => !file.startsWith('.'));

/** Every project as its project.json states it, with the folder it owns. */
export const projects = () =>
  find('**/project.json').map((file) => {
    const { name, projectType, tags = [] } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    return { name, folder: dirname(file), projectType, tags };
  });

export const aliases = () => JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')).compilerOptions.paths;

const vanishes = ({ importClause, exportClause, isTypeOnly }) => {
  if (isTypeOnly || importClause?.isTypeOnly) return true;
  const named = importClause ? !importClause.name && importClause.namedBindings?.elements : exportClause?.elements;
  return Boolean(named?.length) && named.every((element) => element.isTypeOnly);
};

const dynamicImports = (node, found = []) => {
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (isImport && ts.isStringLiteralLike(node.arguments[0])) found.push({ specifier: node.arguments[0].text, runtime: true });
  ts.forEachChild(node, (child) => void dynamicImports(child, found));
  return found;
};

export const parseText = (text, name = 'x.ts') => ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);

export const parse = (file) => parseText(readFileSync(join(root, file), 'utf8'), file);

/** What a source file imports; `runtime` is false for what the compiler removes. */
export const importsOf = (source) => {
  const statements = source.statements.filter((statement) => statement.moduleSpecifier !== undefined);
  const found = statements.map((statement) => ({ specifier: statement.moduleSpecifier.text, runtime: !vanishes(statement) }));
  return [...found, ...(source.text.includes('import(') ? dynamicImports(source) : [])];
};

const asFile = (path) =>
  [`${path}.ts`, join(path, 'index.ts'), path].find((candidate) => candidate.endsWith('.ts') && existsSync(join(root, candidate)));

/** The file of ours that a specifier means, or undefined for a package. */
export const resolveImport = (file, specifier, paths) => {
  if (specifier.startsWith('.')) return asFile(relative(root, join(root, dirname(file), specifier)));
  const target = paths[specifier]?.[0];
  return target === undefined ? undefined : asFile(target.replace(/\.ts$/, ''));
};

/** Every file of ours with the files of ours that it loads when it runs. */
export const runtimeImports = () => {
  const paths = aliases();
  return new Map(
    typescriptFiles().map((file) => {
      const loaded = importsOf(parse(file)).filter(({ runtime }) => runtime);
      return [file, loaded.map(({ specifier }) => resolveImport(file, specifier, paths)).filter((target) => target !== undefined)];
    }),
  );
};
