import { derivedId } from '@stockproof/vocabulary';
import type { Answer, Operation } from '../clients/record';
import { notesOn, type Evidence, type Logged, type Verdict } from './evidence';
import { reportFault } from './report-rows';
import type { Streams } from './timelines';

export const isCommand = ({ asked }: Operation): boolean => asked.method === 'POST';

/** What was acknowledged is there once, what is unknown at most once, what was refused never. */
export const commandChecks = (evidence: Evidence, streams: Streams): readonly Verdict[] => {
  const ok = notesOn('an acknowledged command is in the streams exactly once, as its client was told');
  const unknown = notesOn('a command whose fate is unknown is in the streams at most once');
  const fail = notesOn('a refused command is nowhere in the streams');
  const alike = notesOn('a repeat is answered like the first time');
  const outcomes = { ok, unknown, fail };
  for (const operation of evidence.operations.filter(isCommand)) {
    const { key, asked, outcome, attempts } = operation;
    const fault =
      asked.what === 'report' ? reportFault(evidence, streams, operation) : faultOf(operation, leftBy(evidence, streams, operation));
    outcomes[outcome].look(fault === null ? null : `${key} ${asked.path}: ${fault}`);
    if (attempts.length < 2) continue;
    const differing = answeredUnlike(operation);
    alike.look(differing === null ? null : `${key} ${asked.path}: ${differing}`);
  }
  return [ok, unknown, fail, alike].map((notes) => notes.verdict());
};

/** The events that a command left, by its id: derived from the key alone, so a repeat has the same. */
const leftBy = ({ actor }: Evidence, { byCommand }: Streams, { key, asked }: Operation): readonly Logged[] =>
  byCommand.get(derivedId('command', actor, key, asked.method, asked.path)) ?? [];

const faultOf = ({ outcome, attempts }: Operation, left: readonly Logged[]): string | null => {
  if (outcome === 'fail') return left.length === 0 ? null : `refused, and there is ${listed(left)}`;
  if (!isOneAppend(left)) return `appended several times: ${listed(left)}`;
  if (saysTwice(left)) return `done twice: ${listed(left)}`;
  return outcome === 'ok' ? unlikeTold(attempts, left) : null;
};

const listed = (events: readonly Logged[]): string => events.map(({ type, revision }) => `${type}@${revision}`).join(' ') || 'nothing';

/** What one command decides is appended together: one stream, one revision after the other. */
const isOneAppend = (left: readonly Logged[]): boolean =>
  left.every(({ stream, revision }, index) => stream === left[0]?.stream && revision === (left[0]?.revision ?? 0) + index);

/** Whatever a command does, it does not do the same to the same thing twice. */
const saysTwice = (left: readonly Logged[]): boolean => {
  const said = left.flatMap(({ type, data }) =>
    type === 'ShipmentConflictFound' ? [] : [[type, data['shipmentId'], data['attempt'], data['warehouseId']].join(' ')],
  );
  return new Set(said).size < said.length;
};

type Told = { readonly revision: number; readonly events: readonly string[] };

const tolds = (attempts: Operation['attempts']): readonly Told[] =>
  attempts.flatMap(({ outcome, answer }) => (outcome === 'ok' && answer !== null ? [toldBy(answer)] : []));
const toldBy = ({ body }: Answer): Told => ({ revision: Number(body['revision']), events: (body['events'] ?? []) as readonly string[] });

const unlikeTold = (attempts: Operation['attempts'], left: readonly Logged[]): string | null => {
  const told = tolds(attempts)[0] as Told;
  const same = left.length === told.events.length && left.every(({ type }, index) => type === told.events[index]);
  if (!same) return `told ${told.events.join(' ') || 'nothing'}, there is ${listed(left)}`;
  return left.length === 0 || left.at(-1)?.revision === told.revision ? null : `told revision ${told.revision}, there is ${listed(left)}`;
};

/** All acknowledgements of one key say the same, and none follows a refusal. */
const answeredUnlike = ({ asked, attempts }: Operation): string | null => {
  const outcomes = attempts.map(({ outcome }) => outcome);
  if (outcomes.includes('ok') && outcomes.includes('fail')) return `answered ${outcomes.join(', ')}`;
  if (asked.what === 'report') return null;
  const [first, ...others] = tolds(attempts);
  // A command that found nothing to do is told where its stream stands, which may be further on.
  const unlike = others.find(
    ({ revision, events }) => events.join() !== first?.events.join() || (events.length > 0 && revision !== first.revision),
  );
  return unlike === undefined ? null : `told ${JSON.stringify(first)}, then ${JSON.stringify(unlike)}`;
};
