import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import ts from 'typescript';
import { root } from '../architecture/project-graph.mjs';
import { parseText, typescriptFiles } from '../architecture/source-files.mjs';

const parts = { gauge: [''], counter: [''], histogram: ['_bucket', '_sum', '_count'] };
const kinds = { Gauge: 'gauge', Counter: 'counter', Histogram: 'histogram' };

const textOf = (node) => (node && ts.isStringLiteralLike(node) ? node.text : undefined);
const namedIn = (options) => textOf(options?.properties?.find((property) => property.name?.text === 'name')?.initializer);

/** What one call makes: `gauge('waiting_orders', …)`, `metrics.counter('…')`, or `new Histogram({ name: 'stockproof_…' })`. */
const madeBy = (node) => {
  if (ts.isNewExpression(node) && kinds[node.expression.text]) return [kinds[node.expression.text], namedIn(node.arguments?.[0])];
  if (!ts.isCallExpression(node)) return [];
  const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.text;
  const name = textOf(node.arguments[0]);
  return Object.hasOwn(parts, called) && name ? [called, `stockproof_${name}`] : [];
};

/** The names of all samples that a source text exposes. */
export const metricsIn = (text) => {
  const found = new Set();
  const walk = (node) => {
    const [kind, name] = madeBy(node);
    if (name) for (const part of parts[kind]) found.add(`${name}${part}`);
    ts.forEachChild(node, walk);
  };
  walk(parseText(text));
  return found;
};

const nodesOwn = async () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = await registry.getMetricsAsArray();
  registry.clear();
  return metrics.flatMap(({ name, type }) => (type === 'histogram' ? parts.histogram.map((part) => `${name}${part}`) : [name]));
};

/** Everything that the product's processes expose: ours by the source, Node's own by asking prom-client. */
export const exposedMetrics = async () => {
  const sources = typescriptFiles().filter((file) => /^(libs|apps)\//.test(file) && !/\.(spec|suite)\.ts$|\/testing\//.test(file));
  const ours = sources.flatMap((file) => [...metricsIn(readFileSync(join(root, file), 'utf8'))]);
  return new Set([...ours, ...(await nodesOwn())]);
};

const words = /\b(?:by|without|on|ignoring|group_left|group_right|label_values)\s*\(([^)]*)\)/g;
const functions = new Set(
  'absent sum max min count avg rate increase irate histogram_quantile topk by without and or unless on ignoring offset bool inf nan'.split(
    ' ',
  ),
);

/** The metrics that a PromQL expression reads. */
export const metricsReadBy = (expression) => {
  const bare = expression
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(words, ' ');
  return [...new Set(bare.match(/[a-zA-Z_:][\w:]*/g) ?? [])].filter((word) => !functions.has(word.toLowerCase()));
};
