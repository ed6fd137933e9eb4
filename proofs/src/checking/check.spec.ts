import { check, isRight } from './check';
import { healthy, type Making } from './testing/healthy-history';

const broken = (make: (making: Making) => void): readonly string[] => {
  const making = healthy();
  make(making);
  const { always, settled } = check(making);
  return [...always, ...settled].filter((verdict) => !isRight(verdict)).map(({ name }) => name);
};

/** An event of the history, by its type: `nth` from 0. */
const eventOf = ({ events }: Making, type: string, nth = 0): Making['events'][number] =>
  events.filter((event) => event.type === type)[nth] as Making['events'][number];
const dataOf = <T>(making: Making, type: string, nth = 0): T => eventOf(making, type, nth).data as T;
const operationOf = ({ operations }: Making, key: string): Making['operations'][number] =>
  operations.find((each) => each.key === key) as Making['operations'][number];

type Change = { total?: number; allocated?: number };
type Changes = { changes: Change[] };
const firstChange = (making: Making, type: string, nth = 0): Change => dataOf<Changes>(making, type, nth).changes[0] as Change;

/** What is done to a healthy history, and what the checker must say of it – among what else follows. */
const faults: readonly (readonly [string, (making: Making) => void])[] = [
  ['no unit is promised twice', (making) => (firstChange(making, 'StockAdjusted').total = 2)],
  ['are never negative', (making) => (firstChange(making, 'UnitsShipped').allocated = -4)],
  ['no adjustment takes more than is there', (making) => (firstChange(making, 'StockAdjusted', 1).total = -9)],
  ['an acknowledged command is in the streams exactly once', (making) => (eventOf(making, 'StockAdjusted').commandId = 'somebody else')],
  [
    'an acknowledged command is in the streams exactly once',
    (making) => (operationOf(making, 'adjust').attempts[0].answer.body.revision = 7),
  ],
  [
    'whose fate is unknown is in the streams at most once',
    (making) => (eventOf(making, 'StockAdjusted').commandId = eventOf(making, 'StockAdjusted', 1).commandId),
  ],
  ['a refused command is nowhere', (making) => (eventOf(making, 'StockSetAside').commandId = making.commandIdOf('refused'))],
  ['a repeat is answered like the first time', (making) => (operationOf(making, 'create').attempts[1].answer.body.revision = 1)],
  ['a refusal was right', (making) => (operationOf(making, 'refused').asked.body.by = -1)],
  ['an order was as it was read', (making) => (operationOf(making, 'read order').attempts[0].answer.body.status = 'shipped')],
  ['of every line that was read', (making) => (operationOf(making, 'read order').attempts[0].answer.body.lines[0].open = 1)],
  ['a level was as it was read', (making) => (operationOf(making, 'read levels').attempts[0].answer.body.items[0].allocated = 0)],
  ['a level was as it was read', (making) => (operationOf(making, 'read levels').attempts[0].answer.body.items[1].total = 1)],
  ['no allocation without a living owner', (making) => making.drop('ShipmentCreated')],
  ['no owner without its allocation', (making) => making.drop('UnitsGranted')],
  ['allocated and held are the sums', (making) => (firstChange(making, 'UnitsGranted').allocated = 4)],
  ['ordered = shipped + allocated + back-ordered + cancelled + open, from', (making) => making.drop('UnitsShipped')],
  ['every order that asks stock is answered', (making) => making.drop('SalesOrderBackordered')],
  ['no order waits that could go', (making) => (firstChange(making, 'StockAdjusted').total = 900)],
  ['goods received are booked once', (making) => (dataOf<{ quantity: number }>(making, 'GoodsReceived').quantity = 4)],
  ['incoming is what', (making) => making.drop('ReceiptBooked')],
  ['the view of levels', (making) => (making.views.levels[0].held = 1)],
  ['the view of levels', (making) => making.views.levels.pop()],
  ['the view of orders', (making) => (making.views.orders[0].status = 'approved')],
  ['the view of orders', (making) => (making.views.units[0].shipped = 0)],
];

describe('the checker of histories', () => {
  it('finds nothing wrong with a healthy one, and has looked at something for every promise', () => {
    expect(broken(() => undefined)).toEqual([]);
    const { always, settled } = check(healthy());
    expect([...always, ...settled].filter(({ looked }) => looked === 0).map(({ name }) => name)).toEqual([]);
  });

  it.each(faults)('says so where it does not hold: %s', (name, make) => {
    expect(broken(make).filter((each) => each.includes(name))).toHaveLength(1);
  });

  it('has a fault for every promise', () => {
    const { always, settled } = check(healthy());
    const names = faults.map(([name]) => name);
    expect([...always, ...settled].filter((verdict) => !names.some((name) => verdict.name.includes(name)))).toEqual([]);
  });
});
