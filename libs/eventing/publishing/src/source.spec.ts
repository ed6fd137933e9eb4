import { generationOf, sourceOf } from './source';

describe('the source of a log', () => {
  it.each([0, 1, 12])('names its generation %d', (generation) => {
    expect(generationOf(sourceOf('sales', 'log-1', generation), 'sales', 'log-1')).toBe(generation);
  });
  it('is the plain log id for the first history', () => expect(sourceOf('sales', 'log-1', 0)).toBe('stockproof/sales/log-1'));
  it('of another log has no generation here', () => {
    expect(generationOf('stockproof/sales/log-2', 'sales', 'log-1')).toBeNull();
    expect(generationOf('stockproof/sales/log-10', 'sales', 'log-1')).toBeNull();
    expect(generationOf('stockproof/stock/log-1', 'sales', 'log-1')).toBeNull();
  });
});
