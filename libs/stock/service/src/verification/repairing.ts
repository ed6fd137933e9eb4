import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { Jobs, Timer } from '@stockproof/jobs';
import type { Finding, RepairEvent, RepairOutcome } from '@stockproof/stock-domain';
import { derivedId, type AccountId } from '@stockproof/vocabulary';
import { itemStream, repairStream, type StockStreams } from '../stock.streams';
import { check } from './checking';
import { keepFindings, noteRepair, readFinding, type FindingRow } from './findings';
import { membershipsOf } from './memberships';
import { readOwners } from './reading-orders';
import { rewriteRows } from './rewriting-rows';
import type { Subject, VerifierTools } from './subjects';

const repairTimer = 'repair-stock-finding';

export type RepairTools = VerifierTools & { readonly streams: StockStreams };

type Order = {
  readonly finding: FindingRow;
  readonly reason: string;
  readonly context: CommandContext & { readonly accountId: AccountId };
};

/** Writes down who wants a finding repaired and why, and has it done by whoever runs jobs. The timer comes first: it makes good what a crash leaves out. */
export const askForRepair = async (
  jobs: Jobs,
  tools: Pick<RepairTools, 'streams' | 'clock'>,
  order: Order,
): Promise<Handled<RepairEvent, never>> => {
  const { finding, reason, context } = order;
  const { accountId } = context;
  const payload = {
    findingId: finding.findingId,
    reason,
    context: { ...context, traceparent: context.traceparent ?? null, issuedAt: null },
  };
  await jobs.setTimer({ id: `${repairTimer}/${finding.findingId}`, kind: repairTimer, dueAt: tools.clock.now(), accountId, payload });
  return record(tools, order);
};

const record = async (
  { streams, clock }: Pick<RepairTools, 'streams' | 'clock'>,
  { finding, reason, context }: Order,
): Promise<Handled<RepairEvent, never>> => {
  const { findingId, kind, about, repair } = finding;
  if (repair === null) throw new Error(`finding ${findingId} is left to a person`);
  const data = { findingId, kind, about, repair, reason, now: clock.now() };
  return streams.repairs.handle(repairStream(context.accountId, findingId), { type: 'AskForRepair', data }, context);
};

/** Repairs what somebody asked to have repaired, if it still is when looked at again, and never anything else. */
export const repairFindings = (jobs: Jobs, tools: RepairTools): void =>
  jobs.onTimer(repairTimer, async (timer) => {
    const order = await orderOf(tools, timer);
    if (order === null) return;
    const asked = await record(tools, order);
    if (asked.outcome === 'rejected') throw new Error(`the repair was refused: ${asked.rejection.type}`);
    const { finding, context } = order;
    const { outcome, detail } = await repaired(tools, order);
    await noteRepair(tools.database, context.accountId, finding.findingId, detail === null ? outcome : `${outcome}: ${detail}`);
    await tools.streams.repairs.handle(
      repairStream(context.accountId, finding.findingId),
      { type: 'EndRepair', data: { findingId: finding.findingId, outcome, detail, now: tools.clock.now() } },
      stepOf(context, 'ended'),
    );
  });

const orderOf = async ({ database }: RepairTools, { accountId, payload }: Timer): Promise<Order | null> => {
  const finding = await readFinding(database, accountId ?? '', String(payload['findingId']));
  if (finding === null) return null;
  const { traceparent: _, issuedAt: __, ...context } = payload['context'] as Order['context'];
  return { finding, reason: String(payload['reason']), context };
};

const stepOf = (context: Order['context'], ...step: readonly string[]): CommandContext => ({
  ...context,
  commandId: derivedId(context.commandId, ...step),
  causationId: context.commandId,
});

type Done = { readonly outcome: RepairOutcome; readonly detail: string | null };

const triesAtMost = 5;

/** A stream that moved between look and repair is looked at again: nothing is done to what was not just seen. */
const repaired = async (tools: RepairTools, order: Order): Promise<Done> => {
  let detail: string | null = null;
  for (let tries = 1; tries <= triesAtMost; tries++) {
    const found = await lookAgain(tools, order);
    if (found === null) return { outcome: tries === 1 ? 'healed-before' : 'repaired', detail: null };
    if (detail !== null && detail !== 'RevisionMismatch') return { outcome: 'not-repaired', detail };
    detail = (await repairOnce(tools, order, found)) ?? 'it is found still';
  }
  return { outcome: 'not-repaired', detail };
};

/** The finding as it is now; `null`: it is no more. */
const lookAgain = async (tools: RepairTools, { finding, context }: Order): Promise<Finding | null> => {
  const subject: Subject = { accountId: context.accountId, kind: finding.subjectKind, key: finding.subjectKey };
  const findings = await check(tools, subject, membershipsOf(tools, context.accountId));
  await keepFindings(tools.database, subject, findings, tools.clock.now());
  return findings.find(({ about }) => about === finding.about) ?? null;
};

/** Answers why it could not be done; `null`: it was. */
const repairOnce = async (tools: RepairTools, order: Order, found: Finding): Promise<string | null> => {
  switch (found.repair) {
    case 'release-units':
      return releaseUnits(tools, order, found);
    case 'grant-again':
      return grantAgain(tools, order, found);
    case 'rewrite-rows': {
      const { subjectKind: kind, subjectKey: key } = order.finding;
      await rewriteRows(tools, { accountId: order.context.accountId, kind, key }, String(found.evidence['view']));
      return null;
    }
    case null:
      return 'only a person can decide';
  }
};

/** Under the revision that was looked at: what has changed since is looked at first. */
const releaseUnits = async ({ streams, clock }: RepairTools, { context, reason }: Order, found: Finding): Promise<string | null> => {
  const { sku, orderId, evidence } = found;
  if (sku === null || orderId === null) return 'it names no units';
  const stream = itemStream(context.accountId, sku);
  streams.items.forget(stream);
  let expectedRevision = Number(evidence['revision']);
  for (const allocationId of evidence['allocationIds'] as readonly string[]) {
    const now = clock.now();
    const handled = await streams.items.handle(
      stream,
      { type: 'ReleaseUnits', data: { sku, now, orderId, allocationId, reason: `repair: ${reason}`, at: now } },
      stepOf(context, 'release', allocationId, String(expectedRevision)),
      { expectedRevision },
    );
    if (handled.outcome === 'rejected') return handled.rejection.type;
    expectedRevision = handled.revision;
  }
  return null;
};

/** The item decides as for any grant: it grants nothing twice, nothing to a closed attempt, and nothing that is not there. */
const grantAgain = async (tools: RepairTools, { context }: Order, found: Finding): Promise<string | null> => {
  const { sku, orderId, attempt: number } = found;
  if (sku === null || orderId === null || number === null) return 'it names no attempt';
  const { orders, now } = await readOwners(tools, context.accountId, [orderId]);
  const attempt = orders.get(orderId)?.allocation.attempts.get(number);
  if (!attempt?.lastPlan) return 'the attempt has no plan';
  const { plan, units } = attempt.lastPlan;
  const granted = units.filter((unit) => unit.sku === sku).map(({ sku: _, ...unit }) => unit);
  const stream = itemStream(context.accountId, sku);
  tools.streams.items.forget(stream);
  const handled = await tools.streams.items.handle(
    stream,
    {
      type: 'GrantUnits',
      data: {
        ...{ sku, now, orderId, attempt: number, plan, granted },
        ...{ kind: attempt.status === 'held' ? 'hold' : 'allocate', swapHold: null, seenOpenAt: now },
      },
    },
    stepOf(context, 'grant', String(number), String(plan), sku),
  );
  return handled.outcome === 'rejected' ? handled.rejection.type : null;
};
