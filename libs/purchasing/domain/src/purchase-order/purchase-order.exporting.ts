import { accept, reject } from '@stockproof/decider';
import type { BeginExport, RecordExportAccepted, RecordExportRefused, RecordTakeBack } from './purchase-order.commands';
import type { PurchaseOrderDecision } from './purchase-order.guards';
import type { PurchaseOrder } from './purchase-order.state';

/** From here on the warehouse may know, whatever becomes of the call: taking the approval back is no longer possible. */
export const beginExport = ({ data }: BeginExport, order: PurchaseOrder): PurchaseOrderDecision => {
  const { purchaseOrderId, now } = data;
  if (order.status === 'unknown') return reject({ type: 'PurchaseOrderUnknown' });
  if (order.status !== 'approved' || order.export !== 'none') return accept();
  return accept({ type: 'PurchaseOrderExportBegun', data: { purchaseOrderId, announcement: order.approvals, decidedAt: now } });
};

/** An announcement is answered once; what comes later speaks of one that is no longer this order's. */
const isAwaited = (announcement: number, order: PurchaseOrder): boolean => order.export === 'begun' && order.approvals === announcement;

export const recordAcceptance = ({ data }: RecordExportAccepted, order: PurchaseOrder): PurchaseOrderDecision => {
  const { now, ...said } = data;
  if (!isAwaited(said.announcement, order)) return accept();
  return accept({ type: 'PurchaseOrderExportAccepted', data: { ...said, decidedAt: now } });
};

export const recordRefusal = ({ data }: RecordExportRefused, order: PurchaseOrder): PurchaseOrderDecision => {
  const { now, ...said } = data;
  if (!isAwaited(said.announcement, order)) return accept();
  return accept({ type: 'PurchaseOrderExportRefused', data: { ...said, decidedAt: now } });
};

export const recordTakeBack = ({ data }: RecordTakeBack, order: PurchaseOrder): PurchaseOrderDecision => {
  const { now, ...said } = data;
  if (!isToBeTakenBack(order)) return accept();
  return accept({ type: 'PurchaseOrderTakeBackAnswered', data: { ...said, decidedAt: now } });
};

/** The warehouse accepted what was cancelled since, and has not yet answered for it. */
export const isToBeTakenBack = ({ status, export: exported, takeBackAnswered }: PurchaseOrder): boolean =>
  status === 'cancelled' && exported === 'accepted' && !takeBackAnswered;
