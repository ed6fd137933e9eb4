import { readGatewayConfig } from './gateway.config';

describe('the gateway is told where services are', () => {
  it('by their names in one network, unless said otherwise', () => {
    expect(readGatewayConfig({}).services.get('stock')).toEqual({ host: 'stock', port: 3000 });
    const { services, port } = readGatewayConfig({
      STOCKPROOF_SERVICES: 'stock=10.0.0.7:3003, sales=sales-api:80',
      STOCKPROOF_PORT: '8080',
    });
    expect([...services]).toEqual([
      ['stock', { host: '10.0.0.7', port: 3003 }],
      ['sales', { host: 'sales-api', port: 80 }],
    ]);
    expect(port).toBe(8080);
  });

  it('and says everything that is wrong at once', () => {
    const wrong = { STOCKPROOF_SERVICES: 'stock=stock,shop=x:1,sales=x:0', STOCKPROOF_PORT: 'http', STOCKPROOF_ADMIN_PORT: '70000' };
    expect(() => readGatewayConfig(wrong)).toThrow(
      /"stock=stock"[\s\S]*"shop=x:1"[\s\S]*"sales=x:0"[\s\S]*STOCKPROOF_PORT[\s\S]*STOCKPROOF_ADMIN_PORT/,
    );
  });
});
