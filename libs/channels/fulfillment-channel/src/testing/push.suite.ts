import type { WarehouseFact } from '../warehouse-fact';
import type { WarehousePeer } from './warehouse-peer';

const counted: WarehouseFact = {
  kind: 'stock-levels',
  report: { takenAt: '2026-03-01T08:00:00.000Z', meaning: 'on-hand', rows: [{ sku: 'MUG-RED', quantity: 7 }] },
};
const cancelled: WarehouseFact = {
  kind: 'shipment-update',
  update: {
    updateId: 'u-1',
    shipmentId: 's-1',
    externalShipmentId: 'x-1',
    happenedAt: '2026-03-01T08:00:00.000Z',
    change: { kind: 'cancelled', reason: 'damaged' },
  },
};
const received: WarehouseFact = {
  kind: 'receipt',
  receipt: {
    externalReceiptId: 'r-1',
    purchaseOrderId: null,
    purchaseOrderNumber: 'PO-1',
    receivedAt: '2026-03-01T08:00:00.000Z',
    final: true,
    lines: [{ externalLineId: '1', lineNumber: 1, sku: 'MUG-RED', quantity: 5, lot: null, serial: null }],
  },
};

/** Only what the warehouse signed is believed, byte for byte. */
export const parsingPushes = (peer: () => WarehousePeer) => {
  it.each([counted, cancelled, received])('reads a signed $kind', (fact) => {
    const { headers, rawBody } = peer().signed(fact);
    expect(peer().channel.parsePush(headers, rawBody)).toEqual({ outcome: 'verified', pushId: expect.stringMatching(/.+/), facts: [fact] });
  });

  it('does not trust a body that was changed by one character', () => {
    const { headers, rawBody } = peer().signed(counted);
    expect(peer().channel.parsePush(headers, rawBody.replace('7', '8')).outcome).toBe('untrusted');
  });

  it('does not trust a push without its signature', () => {
    expect(peer().channel.parsePush({}, peer().signed(counted).rawBody).outcome).toBe('untrusted');
  });
};
