import { behaviourOf } from '../behaviour/behaviour';
import type { Answer } from '../journal/answer';
import type { WarehouseFact } from './warehouse-facts';
import type { WarehouseState } from './warehouse-state';

/** What those who work in one warehouse share. */
export type Floor = {
  readonly code: string;
  readonly state: WarehouseState;
  /** Writes a fact into the journal and applies it. */
  readonly record: (fact: WarehouseFact) => void;
  /** Calls that went by since something came in; after a restart they are counted from there again. */
  readonly calls: Map<string, number>;
};

/** The answer to an effect. `lost`: the work is done, and the connection is dropped instead of saying so. */
export type EffectAnswer = { readonly answer: Answer; readonly lost: boolean };

const unrecorded: Answer = { status: 500, body: { code: 'unrecorded', message: 'nothing was recorded for this effect' } };

/** Acts once per effect id; `act` records the fact that the answer comes from, or names the answer where nothing happens. */
export const once = ({ state }: Floor, effectId: string, number: string, act: () => Answer | undefined): EffectAnswer => {
  const known = state.answers.get(effectId);
  if (known !== undefined) return { answer: known, lost: false };
  const answer = act() ?? state.answers.get(effectId) ?? unrecorded;
  return { answer, lost: behaviourOf(number) === 'loses-first-answer' };
};

/** Counts one more call for a shipment or purchase order. */
export const age = ({ calls }: Floor, id: string): number => {
  const now = (calls.get(id) ?? 0) + 1;
  calls.set(id, now);
  return now;
};

export const notHere = (what: string): Answer => ({
  status: 422,
  body: { code: 'not-here', message: `this warehouse has no such ${what}` },
});
