import { Writable } from 'node:stream';
import fastify from 'fastify';
import { childOf, correlationOf, newTraceparent, observeRequests, parseTraceparent, serviceLogger, serviceMetrics } from './index';

const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('trace context', () => {
  it('takes a valid traceparent and no other', () => {
    expect(parseTraceparent(trace)).toBe(trace);
    for (const wrong of [
      '',
      'x',
      trace.replace('00-', 'ff-'),
      trace.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32)),
      `${trace}-x`,
    ])
      expect(parseTraceparent(wrong)).toBeNull();
    expect(parseTraceparent(newTraceparent())).not.toBeNull();
  });

  it('gives a child span of the same trace', () => {
    const child = childOf(trace);
    expect(parseTraceparent(child)).toBe(child);
    expect(child.slice(0, 36)).toBe(trace.slice(0, 36));
    expect(child).not.toBe(trace);
  });
});

describe('correlation', () => {
  it("is the client's where that is harmless, else the request id", () => {
    expect(correlationOf({ id: 'r1', headers: { 'x-correlation-id': 'order-7', traceparent: trace } })).toEqual({
      correlationId: 'order-7',
      traceparent: trace,
    });
    expect(correlationOf({ id: 'r2', headers: { 'x-correlation-id': 'a\nb' } }).correlationId).toBe('r2');
  });

  it('stays the same for one request', () => {
    const request = { id: 'r1', headers: {} };
    expect(correlationOf(request)).toEqual(correlationOf(request));
  });
});

it('keeps secrets out of the log', () => {
  const lines: string[] = [];
  const log = serviceLogger('sales', 'info', new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) }));
  log.info(
    {
      authorization: 'canary',
      headers: { authorization: 'canary', 'set-cookie': 'canary' },
      body: { user: { password: 'canary' } },
      credentials: { key: 'canary' },
      orderId: 7,
    },
    'said',
  );
  expect(lines.join('')).not.toContain('canary');
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', service: 'sales', orderId: 7, msg: 'said' });
});

describe('metrics', () => {
  it('counts commands by outcome and reads gauges when asked', async () => {
    const metrics = serviceMetrics('sales');
    metrics.commands.command('sales.salesOrder', 'accepted', 0.01);
    let lag = 3;
    metrics.gauge('projection_lag_seconds', 'Behind', () => [{ labels: { view: 'orders' }, value: lag }], ['view']);
    metrics.counter('invariant_violations_total', 'Always 0')({}, 2);
    const text = await metrics.registry.metrics();
    expect(text).toContain('stockproof_commands_total{category="sales.salesOrder",outcome="accepted",service="sales"} 1');
    expect(text).toContain('stockproof_projection_lag_seconds{view="orders",service="sales"} 3');
    expect(text).toContain('stockproof_invariant_violations_total{service="sales"} 2');
    lag = 0;
    expect(await metrics.registry.metrics()).toContain('stockproof_projection_lag_seconds{view="orders",service="sales"} 0');
  });

  it('shows all others where one cannot be read, and counts that', async () => {
    const metrics = serviceMetrics('stock');
    let away = true;
    metrics.gauge('waiting_orders', 'Waiting', async () => {
      if (away) throw new Error('the database is away');
      return [{ value: 4 }];
    });
    metrics.histogram('append_seconds', 'Appends', [0.1, 1])(0.5);
    const text = await metrics.registry.metrics();
    expect(text).toContain('stockproof_append_seconds_bucket{le="1",service="stock"} 1');
    expect(text).not.toMatch(/^stockproof_waiting_orders/m);
    expect(await metrics.registry.metrics()).toMatch(/unreadable_metrics_total\{metric="waiting_orders",service="stock"\} [12]/);
    away = false;
    expect(await metrics.registry.metrics()).toContain('stockproof_waiting_orders{service="stock"} 4');
  });

  it('measures requests by route, not by path', async () => {
    const metrics = serviceMetrics('sales');
    const app = fastify();
    observeRequests(app, metrics);
    app.get('/things/:id', async () => 'ok');
    const response = await app.inject({ url: '/things/4711', headers: { 'x-correlation-id': 'c1' } });
    await app.inject({ url: '/nothing/4712' });
    expect(response.headers['x-correlation-id']).toBe('c1');
    const text = await metrics.registry.metrics();
    expect(text).toContain('stockproof_http_request_seconds_count{service="sales",method="GET",route="/things/:id",status="200"} 1');
    expect(text).not.toMatch(/471[12]/);
    await app.close();
  });
});
