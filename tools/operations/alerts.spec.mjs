import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../architecture/project-graph.mjs';
import { exposedMetrics, metricsIn, metricsReadBy } from './metric-names.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');
const rules = parse(read('deploy/alerts/stockproof.rules.yml')).groups.flatMap((group) => group.rules);
const dashboards = globSync('deploy/grafana/*.json', { cwd: root }).map((file) => ({ file, board: JSON.parse(read(file)) }));
const expressionsOf = ({ panels, templating }) => [
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...templating.list.filter(({ type }) => type === 'query').map(({ query }) => /^label_values\((.*), \w+\)$/.exec(query)?.[1] ?? query),
];

/** Of kube-state-metrics, which watches Deployments: the one thing that a pod cannot say of itself. */
const ofTheCluster = new Set(['kube_deployment_spec_replicas', 'kube_deployment_status_replicas_ready']);

let exposed;
beforeAll(async () => {
  exposed = await exposedMetrics();
});
const unknownIn = (expression) => metricsReadBy(expression).filter((name) => !exposed.has(name) && !ofTheCluster.has(name));

describe('metric names', () => {
  it('are found in source and in expressions', () => {
    const text =
      "gauge('waiting_orders', 'x', read); new Histogram({ name: 'stockproof_append_seconds', help: 'x' }); metrics.counter('runs_total', 'x')";
    expect([...metricsIn(text)]).toEqual([
      'stockproof_waiting_orders',
      'stockproof_append_seconds_bucket',
      'stockproof_append_seconds_sum',
      'stockproof_append_seconds_count',
      'stockproof_runs_total',
    ]);
    const expression = 'histogram_quantile(0.99, sum by (le, service) (rate(a_bucket{le=~"b"}[5m]))) > 1 and topk(3, c) / on (d) e_total';
    expect(metricsReadBy(expression)).toEqual(['a_bucket', 'c', 'e_total']);
  });

  it('of alerts are exposed', () => {
    expect(rules.flatMap(({ alert, expr }) => unknownIn(expr).map((name) => `${alert} reads ${name}`))).toEqual([]);
    expect(unknownIn('max(stockproof_projection_lag_seconds) > 1')).toEqual(['stockproof_projection_lag_seconds']);
  });

  it('of dashboards are exposed', () => {
    expect(dashboards.map(({ file }) => basename(file)).sort()).toEqual([
      'allocation.json',
      'bus-and-projections.json',
      'channels.json',
      'service-overview.json',
    ]);
    const unknown = dashboards.flatMap(({ file, board }) =>
      expressionsOf(board)
        .flatMap(unknownIn)
        .map((name) => `${file} reads ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('of ours are shown somewhere', () => {
    const shown = new Set(
      [...rules.map(({ expr }) => expr), ...dashboards.flatMap(({ board }) => expressionsOf(board))].flatMap(metricsReadBy),
    );
    const families = (names) => new Set([...names].map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    const hidden = [...families(exposed)].filter((name) => name.startsWith('stockproof_') && !families(shown).has(name));
    expect(hidden).toEqual([]);
  });
});

describe('every alert', () => {
  const tests = parse(read('deploy/alerts/stockproof.test.yml')).tests.flatMap((test) => test.alert_rule_test);

  it.each(rules.map(({ alert }) => alert))('%s has a runbook, a test that it fires, and one that it does not yet', (alert) => {
    const { annotations, labels } = rules.find((rule) => rule.alert === alert);
    expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`);
    const runbook = existsSync(join(root, annotations.runbook_url)) ? read(annotations.runbook_url) : '';
    const parts = [...runbook.matchAll(/^## (.*)\n\n(?=\S)/gm)].map(([, part]) => part);
    expect(parts).toEqual(['What it means', 'What users notice', 'What to look at', 'What to do']);
    expect(read('docs/runbooks/README.md')).toContain(`](${alert}.md)`);
    expect(['critical', 'warning', 'info']).toContain(labels.severity);
    const own = tests.filter(({ alertname }) => alertname === alert);
    expect(own.map(({ exp_alerts: expected = [] }) => expected.length > 0).sort()).toEqual([false, true]);
  });

  it('says in its runbook what it says in Prometheus', () => {
    const squeezed = (text) => text.replace(/\s+/g, ' ');
    const stale = rules.filter(({ alert, expr }) => !squeezed(read(`docs/runbooks/${alert}.md`)).includes(squeezed(expr)));
    expect(stale.map(({ alert }) => alert)).toEqual([]);
  });

  it('has no runbook without an alert', () => {
    const pages = globSync('docs/runbooks/Stockproof*.md', { cwd: root }).map((file) => basename(file, '.md'));
    expect(pages.filter((page) => !rules.some(({ alert }) => alert === page))).toEqual([]);
  });
});
