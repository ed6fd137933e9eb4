import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../architecture/project-graph.mjs';

const require = createRequire(import.meta.url);
const spectral = join(dirname(require.resolve('@stoplight/spectral-cli/package.json')), 'dist/index.js');

const lint = (pattern, ruleset) => {
  const documents = globSync(pattern, { cwd: root });
  if (documents.length === 0) return [];
  const options = ['--ruleset', ruleset, '--format', 'text', '--fail-severity', 'warn', '--quiet'];
  try {
    execFileSync(process.execPath, [spectral, 'lint', ...documents, ...options], { cwd: root, stdio: 'pipe' });
    return [];
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
    return (said === '' ? String(error) : said).split('\n');
  }
};

/** What Spectral finds in the committed OpenAPI and AsyncAPI documents, one finding a line. */
export const apiFindings = () => [
  ...lint('docs/generated/openapi/*.json', 'tools/docs/spectral-openapi.yaml'),
  ...lint('docs/generated/asyncapi.json', 'tools/docs/spectral-asyncapi.yaml'),
];
