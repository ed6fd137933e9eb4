import { basename } from 'node:path';
import { builtinRules } from 'eslint/use-at-your-own-risk';

/** A core rule under a name of ours, so that several layers can use it on one file without overwriting each other's options. */
const core = (name) => builtinRules.get(name);

const codeLines = (sourceCode, node) => {
  const comments = new Set();
  for (const { loc } of sourceCode.getCommentsInside(node))
    for (let line = loc.start.line; line <= loc.end.line; line++) comments.add(line);
  let count = 0;
  for (let line = node.loc.start.line; line <= node.loc.end.line; line++) {
    const text = sourceCode.lines[line - 1].trim();
    const commentOnly = comments.has(line) && /^(\/\/|\/\*|\*)/.test(text);
    if (text !== '' && !commentOnly) count++;
  }
  return count;
};

const isOneExhaustiveSwitch = ({ body }) =>
  body.type === 'BlockStatement' &&
  body.body.length === 1 &&
  body.body[0].type === 'SwitchStatement' &&
  body.body[0].cases.every(({ test }) => test !== null);

const onFunctions = (check) => ({ FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check });

const functionLength = {
  meta: {
    schema: [{ type: 'integer' }],
    messages: { long: 'This function has {{count}} lines; {{max}} is the limit. Give its parts names.' },
  },
  create: (context) =>
    onFunctions((node) => {
      const [max] = context.options;
      const count = codeLines(context.sourceCode, node);
      if (count > max && !isOneExhaustiveSwitch(node)) context.report({ node, messageId: 'long', data: { count, max } });
    }),
};

const isConstructor = ({ parent }) => parent?.type === 'MethodDefinition' && parent.kind === 'constructor';

const parameters = {
  meta: {
    schema: [{ type: 'object', properties: { functions: { type: 'integer' }, constructors: { type: 'integer' } } }],
    messages: { many: '{{count}} parameters; {{max}} is the limit. Hand in one object, or split what this does.' },
  },
  create: (context) =>
    onFunctions((node) => {
      const [{ functions, constructors }] = context.options;
      const max = isConstructor(node) ? constructors : functions;
      if (node.params.length > max) context.report({ node, messageId: 'many', data: { count: node.params.length, max } });
    }),
};

const forbiddenNames = [/^I[A-Z][a-z]/, /Impl$/, /^(Abstract|Base)[A-Z]/, /(Manager|Helper)s?$/];
const forbiddenFileNames = /^(base|abstract)-|-(impl|managers?|helpers?|utils?)\.|^(utils?|helpers?|misc|common|shared)\.|[A-Z_]/;

const names = {
  meta: {
    schema: [],
    messages: {
      name: '"{{name}}" says how it is built, not what it is: no I…, Base…, …Impl, …Manager, …Helper.',
      file: '"{{name}}" is not a file name of ours: kebab-case, the role as a dotted suffix, no base-, -impl, -manager, -helper, utils.',
    },
  },
  create: (context) => {
    const check = ({ id }) => {
      if (id?.type === 'Identifier' && forbiddenNames.some((pattern) => pattern.test(id.name)))
        context.report({ node: id, messageId: 'name', data: { name: id.name } });
    };
    return {
      Program: (node) => {
        const name = basename(context.filename);
        if (forbiddenFileNames.test(name)) context.report({ node, loc: { line: 1, column: 0 }, messageId: 'file', data: { name } });
      },
      ClassDeclaration: check,
      FunctionDeclaration: check,
      VariableDeclarator: check,
      TSTypeAliasDeclaration: check,
      TSInterfaceDeclaration: check,
      TSEnumDeclaration: check,
    };
  },
};

export const rules = {
  'function-length': functionLength,
  parameters,
  names,
  'pure-imports': core('no-restricted-imports'),
  'pure-domain': core('no-restricted-syntax'),
  'pure-code': core('no-restricted-syntax'),
  'honest-types': core('no-restricted-syntax'),
  'import-the-file': core('no-restricted-imports'),
  'explicit-index': core('no-restricted-syntax'),
  'nestjs-at-the-door': core('no-restricted-imports'),
  'suites-are-for-specs': core('no-restricted-imports'),
  'environment-in-config': core('no-restricted-properties'),
  'tests-that-can-fail': core('no-restricted-syntax'),
};
