import type { Rejection } from '@stockproof/decider';

export type AllocationRejection =
  | Rejection<'AttemptUnknown'>
  | Rejection<'AttemptAlreadyWithdrawn'>
  /** Granted or held already: nothing is left to decide. */
  | Rejection<'AttemptAlreadySettled'>
  /** Another plan has been written meanwhile. */
  | Rejection<'PlanOutdated', { lastPlan: number }>
  | Rejection<'NotHeld'>
  | Rejection<'NothingHeldThere'>
  /** Ending comes after withdrawing, or once a hold has been taken over. */
  | Rejection<'AttemptStillOpen'>;
