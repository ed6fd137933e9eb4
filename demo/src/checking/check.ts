import { flowInvariants } from './flow-invariants';
import { orderInvariants, stockInvariants, type Invariant } from './invariants';
import { outwardInvariants } from './outward-invariants';
import type { Said } from './said';
import type { Truth } from './truth';

export type Checked = { readonly name: string; readonly holds: boolean; readonly faults: readonly string[] };

export const invariants: readonly Invariant[] = [...stockInvariants, ...orderInvariants, ...outwardInvariants, ...flowInvariants];

/** Every invariant with its result. */
export const check = (said: Said, truth: Truth): readonly Checked[] =>
  invariants.map(({ name, faults }) => {
    const found = faults(said, truth);
    return { name, holds: found.length === 0, faults: found };
  });
