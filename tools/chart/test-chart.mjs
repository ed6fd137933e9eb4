// Renders the chart for every switch and choice in its values and holds the result against Kubernetes' schemas, kube-score and policies;
// checks and tests the alerts. Fetches its tools where they are missing. Ends with 1 if anything is wrong.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { root } from '../architecture/project-graph.mjs';
import { fetchedTools } from './fetched-tools.mjs';
import { breakages, policies } from './policies.mjs';
import { given, merged, refused, switchesOf, variantsOf } from './variants.mjs';

const chart = join(root, 'deploy/helm/stockproof');
const kubernetes = '1.30';
const began = performance.now();
const tools = fetchedTools();
const folder = mkdtempSync(join(tmpdir(), 'stockproof-chart-'));
const problems = [];

const run = (command, args, options = {}) => spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 << 20, ...options });
const report = (what, found) => {
  console.log(`${found.length === 0 ? 'ok    ' : 'WRONG '} ${what}`);
  for (const each of found.slice(0, 20)) console.log(`         ${each}`);
  problems.push(...found);
};

const render = (values) => {
  const args = ['template', 'shop', chart, '--namespace', 'shop', '--kube-version', `${kubernetes}.0`, '--values', '-'];
  return run(tools.helm, args, { input: JSON.stringify(values) });
};
const parsed = (text) =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter(Boolean);

const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'));
const variants = variantsOf(schema);
const rendered = variants.flatMap(({ name, values }, index) => {
  const { status, stdout, stderr } = render(values);
  if (status !== 0) {
    problems.push(`${name}: ${stderr.trim()}`);
    return [];
  }
  const file = join(folder, `${String(index).padStart(3, '0')}.yaml`);
  writeFileSync(file, stdout);
  return [{ name, values, file, documents: parsed(stdout) }];
});
report(`helm template: ${variants.length} settings, of ${switchesOf(schema).length} switches and choices`, problems.splice(0));

const lint = run(tools.helm, ['lint', '--strict', '--quiet', '--kube-version', `${kubernetes}.0`, chart, '--values', '-'], {
  input: JSON.stringify(given),
});
report('helm lint --strict', lint.status === 0 ? [] : [lint.stdout + lint.stderr]);

report(
  `values that are refused: ${refused.length}`,
  refused.flatMap(([name, values, sentence]) => {
    const { status, stderr } = render(merged(given, values));
    return status !== 0 && sentence.test(stderr) ? [] : [`${name}: ${status === 0 ? 'was rendered' : stderr.trim()}`];
  }),
);

const validated = run(tools.validate, ['--version', kubernetes, '--local-crds', tools.definitions, ...rendered.map(({ file }) => file)]);
const nameOf = (text) => rendered.reduce((said, { name, file }) => said.replaceAll(file, name), text);
const documentCount = rendered.reduce((sum, { documents }) => sum + documents.length, 0);
report(
  `kubectl-validate against Kubernetes ${kubernetes}, unknown fields refused: ${documentCount} documents`,
  validated.status === 0
    ? []
    : nameOf(validated.stdout + validated.stderr)
        .split('\n')
        .filter((line) => line && !/\bOK\b/.test(line)),
);

// Spreading says what an anti-affinity would; how many replicas KEDA keeps is not known to kube-score; a tag here does not move.
const ignored = ['deployment-has-host-podantiaffinity', 'deployment-replicas', 'container-image-pull-policy'];
report(
  `kube-score, without ${ignored.join(', ')}`,
  rendered.flatMap(({ name, values, file }) => {
    const left = [...ignored, ...(values.networkPolicy?.enabled === false ? ['pod-networkpolicy'] : [])];
    const args = ['score', '--kubernetes-version', `v${kubernetes}`, '--ignore-container-cpu-limit', '--exit-one-on-warning', '-o', 'ci'];
    const { status, stdout, stderr } = run(tools.score, [...args, ...left.flatMap((test) => ['--ignore-test', test]), file]);
    if (status === 0) return [];
    const lines = stdout.split('\n').filter((line) => /^\[(WARNING|CRITICAL)\]/.test(line));
    return (lines.length > 0 ? lines : [`${stderr}, exit ${status}`]).map((line) => `${name}: ${line}`);
  }),
);

for (const [policy, check] of Object.entries(policies)) {
  const found = rendered.flatMap(({ name, values, documents }) => check(documents, { values }).map((sentence) => `${name}: ${sentence}`));
  const broken = JSON.parse(JSON.stringify(rendered[0].documents));
  breakages[policy](broken);
  const blind = check(broken, { values: rendered[0].values }).length === 0 ? ['does not notice when it is broken'] : [];
  report(`policy ${policy}`, [...found, ...blind]);
}

for (const args of [
  ['check', 'rules', 'stockproof.rules.yml'],
  ['test', 'rules', 'stockproof.test.yml'],
]) {
  const { status, stdout, stderr } = run(tools.promtool, args, { cwd: join(root, 'deploy/alerts') });
  report(`promtool ${args.join(' ')}`, status === 0 ? [] : [stdout + stderr]);
}

rmSync(folder, { recursive: true });
console.log(`${problems.length} problems, ${((performance.now() - began) / 1000).toFixed(1)} s`);
process.exitCode = problems.length === 0 ? 0 : 1;
