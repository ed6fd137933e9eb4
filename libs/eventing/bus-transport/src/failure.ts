import { ZodError } from 'zod';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { PoisonMessage, TryAgain } from './consumer';

/**
 * - `message`: one message said to be at fault.
 * - `shape`: something is malformed; trying again cannot help.
 * - `world`: nobody's fault here; try again for as long as it takes.
 * - `unknown`: try a few times.
 */
export type Failure =
  | { readonly kind: 'message'; readonly message: DeliveredMessage; readonly reason: string }
  | { readonly kind: 'shape' | 'world' | 'unknown'; readonly reason: string };

/** Another instance has moved the checkpoint, or a key was parked or freed meanwhile: look again before anything is written. */
export class Overtaken extends TryAgain {}

/** SQLSTATE classes that speak of the database or the deployment, never of one message: parking would empty the topic. */
const notTheMessage = /^(08|25|40|42|53|55|57|58|F0|XX)[0-9A-Z]{3}$/;

export const failureOf = (error: unknown, isTransient: (error: unknown) => boolean): Failure => {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof PoisonMessage) return { kind: 'message', message: error.poison, reason };
  if (error instanceof ZodError) return { kind: 'shape', reason };
  if (error instanceof TryAgain || isTransient(error) || notTheMessage.test(sqlState(error))) return { kind: 'world', reason };
  return { kind: 'unknown', reason };
};

const sqlState = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
