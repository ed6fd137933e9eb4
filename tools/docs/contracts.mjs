import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import { root } from '../architecture/project-graph.mjs';
import { parse } from '../architecture/source-files.mjs';
import { compiled } from './compiled.mjs';
import { docOf, filesLike } from './source.mjs';

const isContract = (value) => typeof value?.type === 'string' && typeof value.topic === 'string' && value.schema !== undefined;

const firstObject = (node) => {
  if (node === undefined || ts.isObjectLiteralExpression(node)) return node;
  if (!ts.isCallExpression(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const inArguments = (node.arguments ?? []).map(firstObject).find((found) => found !== undefined);
  return inArguments ?? firstObject(node.expression);
};

/** Puts the docstrings of a zod object's source beside the properties of its JSON Schema. */
const describe = (schema, expression) => {
  const target = schema?.type === 'array' ? schema.items : schema;
  const literal = firstObject(expression);
  if (target?.properties === undefined || literal === undefined) return;
  for (const property of literal.properties.filter(ts.isPropertyAssignment)) {
    const described = target.properties[property.name.getText().replaceAll("'", '')];
    if (described === undefined) continue;
    const doc = docOf(property);
    if (doc !== '') described.description = doc;
    describe(described, property.initializer);
  }
};

const unwrapped = (node) => (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? unwrapped(node.expression) : node);

const declarationOf = (source, name) =>
  source.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => statement.declarationList.declarations.map((declaration) => ({ statement, declaration })))
    .find(({ declaration }) => declaration.name.getText() === name);

const jsonSchema = (schema, declaration) => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { unrepresentable: 'any' });
  const literal = unwrapped(declaration.initializer);
  const source = ts.isObjectLiteralExpression(literal) && literal.properties.find((property) => property.name?.getText() === 'schema');
  if (source) describe(json, source.initializer);
  return json;
};

/** A released payload of this version, kept beside the contract for ever. */
const golden = (file) => {
  const [found] = [
    file.replace(/\.ts$/, '.golden.json'),
    file.replace('/src/', '/golden/').replace(/\.ts$/, '.json'),
    file.replace('/src/', '/src/golden/').replace(/\.ts$/, '.json'),
  ].filter((path) => existsSync(join(root, path)));
  return found === undefined ? undefined : JSON.parse(readFileSync(join(root, found), 'utf8'));
};

/** Every contract of every context: file, docstring, CloudEvents type, topic and JSON Schema. */
export const contracts = () =>
  filesLike('libs/*/contracts/src/**/*.v*.ts')
    .filter((file) => !file.includes('.spec.'))
    .flatMap((file) => {
      const source = parse(file);
      return Object.entries(compiled(file))
        .filter(([, value]) => isContract(value))
        .map(([name, { type, topic, schema }]) => {
          const { statement, declaration } = declarationOf(source, name);
          return {
            file,
            context: file.split('/')[1],
            type,
            topic,
            doc: docOf(statement),
            schema: jsonSchema(schema, declaration),
            example: golden(file),
          };
        });
    });
