import type { CommandMetrics } from '@stockproof/command-handling';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Buckets for what takes from a millisecond to ten seconds. */
export const secondsBuckets: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a gauge shows when somebody looks; with labels, one value each. */
export type Reading = { readonly labels?: Readonly<Record<string, string>>; readonly value: number };

/** The numbers of one service: its own registry, so that five of them share a process. */
export type Metrics = {
  readonly registry: Registry;
  readonly request: (about: { readonly method: string; readonly route: string; readonly status: number }, seconds: number) => void;
  readonly commands: CommandMetrics;
  /**
   * `stockproof_<name>`, read by a callback when it is asked for. Where reading fails the metric is left out and the failure counted:
   * a database that is away must not take the other numbers with it.
   */
  readonly gauge: (
    name: string,
    help: string,
    read: () => Promise<readonly Reading[]> | readonly Reading[],
    labelNames?: readonly string[],
  ) => void;
  readonly counter: (
    name: string,
    help: string,
    labelNames?: readonly string[],
  ) => (labels?: Readonly<Record<string, string>>, by?: number) => void;
  /** `stockproof_<name>`, with its buckets' upper bounds in the unit that the name says. */
  readonly histogram: (
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames?: readonly string[],
  ) => (value: number, labels?: Readonly<Record<string, string>>) => void;
};

const commandMetrics = (registry: Registry): CommandMetrics => {
  const handled = new Counter({
    name: 'stockproof_commands_total',
    help: 'Commands by outcome',
    labelNames: ['category', 'outcome'],
    registers: [registry],
  });
  const took = new Histogram({
    name: 'stockproof_command_seconds',
    help: 'From asked to answered',
    labelNames: ['category'],
    buckets: [...secondsBuckets],
    registers: [registry],
  });
  return {
    command: (category, outcome, duration) => {
      handled.inc({ category, outcome });
      took.observe({ category }, duration);
    },
  };
};

/** A service's metrics. `withProcess`: Node's own too; once per process. */
export const serviceMetrics = (service: string, options: { readonly withProcess?: boolean } = {}): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (options.withProcess === true) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'stockproof_http_request_seconds',
    help: 'Requests by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [...secondsBuckets],
    registers: [registry],
  });
  const unreadable = new Counter({
    name: 'stockproof_unreadable_metrics_total',
    help: 'Metrics that could not be read when they were asked for',
    labelNames: ['metric'],
    registers: [registry],
  });
  return {
    registry,
    request: ({ method, route, status }, duration) => requests.observe({ method, route, status: String(status) }, duration),
    commands: commandMetrics(registry),
    gauge: (name, help, read, labelNames = []) => {
      const collect = async function (this: Gauge): Promise<void> {
        this.reset();
        try {
          for (const { labels = {}, value } of await read()) this.set(labels, value);
        } catch {
          unreadable.inc({ metric: name });
          // A reset leaves 0 where there are no labels, and 0 would be an answer.
          if (labelNames.length === 0) this.remove();
        }
      };
      new Gauge({ name: `stockproof_${name}`, help, labelNames: [...labelNames], registers: [registry], collect });
    },
    counter: (name, help, labelNames = []) => {
      const counter = new Counter({ name: `stockproof_${name}`, help, labelNames: [...labelNames], registers: [registry] });
      return (labels = {}, by = 1) => counter.inc(labels, by);
    },
    histogram: (name, help, buckets, labelNames = []) => {
      const registers = [registry];
      const histogram = new Histogram({ name: `stockproof_${name}`, help, buckets: [...buckets], labelNames: [...labelNames], registers });
      return (value, labels = {}) => histogram.observe(labels, value);
    },
  };
};
