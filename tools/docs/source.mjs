import { globSync } from 'node:fs';
import ts from 'typescript';
import { parse } from '../architecture/source-files.mjs';
import { root } from '../architecture/project-graph.mjs';

export const contexts = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'];

export const filesLike = (pattern) => globSync(pattern, { cwd: root }).sort();

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** The docstring of a node as one line, or nothing. */
export const docOf = (node) => {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return docs.length === 0 ? '' : oneLine(ts.getTextOfJSDocComment(docs.at(-1).comment) ?? '');
};

/** The comment that stands before a node that TypeScript gives no docstring, such as a member of a union. */
export const commentBefore = (node, source) => {
  const ranges = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
  const text = ranges.map(({ pos, end }) => source.text.slice(pos, end)).at(-1) ?? '';
  return oneLine(text.replace(/^\/\*\*?|\*\/$|^\/\//g, '').replace(/^\s*\*/gm, ''));
};

/** Every `name<'Literal', …>` in a file: the literal, the other type arguments and the node. */
export const taggedTypes = (file, name) => {
  const source = parse(file);
  const found = [];
  const visit = (node) => {
    const isTagged =
      ts.isTypeReferenceNode(node) && node.typeName.getText() === name && node.typeArguments?.[0]?.literal?.text !== undefined;
    if (isTagged)
      found.push({
        literal: node.typeArguments[0].literal.text,
        rest: node.typeArguments.slice(1).map((type) => oneLine(type.getText())),
        node,
      });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.map((entry) => ({ ...entry, source }));
};

/** The `type X = …` around a node, if any. */
export const aliasAround = (node) => (node === undefined || ts.isTypeAliasDeclaration(node) ? node : aliasAround(node.parent));
