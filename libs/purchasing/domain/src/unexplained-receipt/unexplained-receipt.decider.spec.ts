import { stateFrom } from '@stockproof/decider';
import { given as givenFor } from '@stockproof/decider-testing';
import fc from 'fast-check';
import type { UnexplainedReceiptCommand } from './unexplained-receipt.commands';
import { unexplainedReceiptDecider } from './unexplained-receipt.decider';
import type { UnexplainedLine, UnexplainedReceiptEvent } from './unexplained-receipt.events';

const given = givenFor(unexplainedReceiptDecider);

describe('a receipt that no order explains', () => {
  it('is kept, each line once', () => {
    given()
      .when(keep([line('1')]))
      .then(kept([line('1')]));
    given(kept([line('1')]))
      .when(keep([line('1')]))
      .thenNothing();
    given(kept([line('1')]))
      .when(keep([line('1'), line('2')]))
      .then(kept([line('2')]));
  });
  it('is not kept again after somebody settled it', () =>
    given(kept([line('1')]), dismissed)
      .when(keep([line('1')]))
      .thenNothing());
  it('goes to the order that a person names, by its SKU', () =>
    given(kept([line('1')]))
      .when(assign())
      .then(assigned(null)));
  it('or to the line that a person names, under the SKU that was ordered', () =>
    given(kept([{ ...line('1'), sku: 'POT' }]))
      .when(assign([{ line: '1', lineId: 'a' }]))
      .then(assigned('a')));
  it('does not go where no line takes it', () => {
    given(kept([line('1'), { ...line('2'), sku: 'POT' }]))
      .when(assign())
      .thenRejected({ type: 'ReceiptFitsNoLine', lines: ['2'] });
    given(kept([line('1')]))
      .when(assign([{ line: '1', lineId: 'nowhere' }]))
      .thenRejected({ type: 'ReceiptFitsNoLine', lines: ['1'] });
  });
  it('is booked there', () => {
    given(kept([line('1')]), assigned(null))
      .when(recordBooked)
      .then(booked);
    given(kept([line('1')]), assigned(null), booked)
      .when(recordBooked)
      .thenNothing();
  });
  it('is settled once', () => {
    for (const command of [assign(), dismiss]) {
      given(kept([line('1')]), assigned(null))
        .when(command)
        .thenRejected({ type: 'ReceiptAlreadyExplained' });
    }
    given(kept([line('1')]))
      .when(dismiss)
      .then(dismissed);
    given(kept([line('1')]), dismissed)
      .when(dismiss)
      .thenRejected({ type: 'ReceiptAlreadyExplained' });
  });
  it('can only be dismissed where it could not be read', () => {
    given().when(keep([], unreadable)).then(kept([], unreadable));
    given(kept([], unreadable)).when(keep([], unreadable)).thenNothing();
    given(kept([], unreadable)).when(assign()).thenRejected({ type: 'ReceiptUnreadable' });
    given(kept([], unreadable)).when(dismiss).then(dismissed);
  });
  it('must be there', () => {
    for (const command of [assign(), dismiss]) given().when(command).thenRejected({ type: 'UnexplainedReceiptUnknown' });
  });
});

describe('any history of an unexplained receipt', () => {
  it('settles each line at most once, and never forgets one', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 20 }), (commands) => {
        // The model: every line that was told waits until the next settlement, which takes all that wait.
        const waiting = new Set<string>();
        const settled: string[] = [];
        let history: readonly UnexplainedReceiptEvent[] = [];
        for (const command of commands) {
          const decision = unexplainedReceiptDecider.decide(command, stateFrom(unexplainedReceiptDecider, history));
          if (decision.outcome === 'rejected') continue;
          history = [...history, ...decision.events];
          const told = command.type === 'KeepReceipt' ? command.data.lines.map((each) => each.line) : [];
          told.filter((name) => !settled.includes(name)).forEach((name) => waiting.add(name));
          if (command.type === 'AssignReceipt' || command.type === 'DismissReceipt') {
            settled.push(...waiting);
            waiting.clear();
          }
        }
        const { open, known } = stateFrom(unexplainedReceiptDecider, history);
        expect(open.map((each) => each.line).sort()).toEqual([...waiting].sort());
        expect([...known].sort()).toEqual([...waiting, ...settled].sort());
        expect(new Set(settled).size).toBe(settled.length);
      }),
    );
  });
});

const now = '2026-01-10T12:00:00.000Z';
const unexplainedReceiptId = 'u';
const of = { unexplainedReceiptId, decidedAt: now };
const line = (name: string): UnexplainedLine => ({
  line: name,
  sku: 'tea',
  quantity: 3,
  lot: null,
  serial: null,
  because: 'unknown-order',
});
const said = {
  warehouseId: 'w',
  receiptId: 'c/r',
  externalReceiptId: 'r',
  purchaseOrderId: null,
  purchaseOrderNumber: 'PO-9',
  receivedAt: now,
};
const unreadable = { original: { odd: true }, problem: 'lines: missing' };
type Unreadable = typeof unreadable | null;
const keep = (lines: readonly UnexplainedLine[], odd: Unreadable = null): UnexplainedReceiptCommand => ({
  type: 'KeepReceipt',
  data: { unexplainedReceiptId, ...said, lines, unreadable: odd, now },
});
const kept = (lines: readonly UnexplainedLine[], odd: Unreadable = null): UnexplainedReceiptEvent => ({
  type: 'UnexplainedReceiptKept',
  data: { ...of, ...said, lines, unreadable: odd },
});
const ordered = [{ lineId: 'a', sku: 'TEA' }];
const assign = (lines: readonly { readonly line: string; readonly lineId: string }[] = []): UnexplainedReceiptCommand => ({
  type: 'AssignReceipt',
  data: { unexplainedReceiptId, purchaseOrderId: 'p', ordered, lines, now },
});
const assigned = (lineId: string | null): UnexplainedReceiptEvent => ({
  type: 'UnexplainedReceiptAssigned',
  data: { ...of, purchaseOrderId: 'p', receiptId: 'c/r', receivedAt: now, lines: [{ line: '1', lineId, sku: 'TEA', quantity: 3 }] },
});
const recordBooked: UnexplainedReceiptCommand = { type: 'RecordAssignedBooked', data: { unexplainedReceiptId, now } };
const booked: UnexplainedReceiptEvent = { type: 'AssignedReceiptBooked', data: { ...of, purchaseOrderId: 'p' } };
const dismiss: UnexplainedReceiptCommand = { type: 'DismissReceipt', data: { unexplainedReceiptId, reason: 'a gift', now } };
const dismissed: UnexplainedReceiptEvent = { type: 'UnexplainedReceiptDismissed', data: { ...of, reason: 'a gift' } };

const anyCommand: fc.Arbitrary<UnexplainedReceiptCommand> = fc.oneof(
  fc.uniqueArray(fc.constantFrom('1', '2', '3', '4'), { minLength: 1 }).map((names) => keep(names.map(line))),
  fc.constant(assign()),
  fc.constant(recordBooked),
  fc.constant(dismiss),
);
