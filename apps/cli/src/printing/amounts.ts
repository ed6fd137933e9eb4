import type { Behind } from '@stockproof/operations';

const steps = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
] as const;

/** `0 s`, `0.4 s`, `12 s`, `3 min`, `5 h`, `2 d`. */
export const duration = (seconds: number): string => {
  const step = steps.find((each) => seconds >= each.seconds * 2);
  if (step) return `${Math.floor(seconds / step.seconds)} ${step.unit}`;
  return `${seconds >= 10 || seconds === 0 ? Math.round(seconds) : seconds.toFixed(1)} s`;
};

/** `0`, `12 events, 0.4 s`, `more than 10000 events, 2 h`. */
export const behind = ({ events, more, seconds }: Behind): string =>
  events === 0 && !more ? '0' : `${more ? 'at least ' : ''}${events} event${events === 1 ? '' : 's'}, ${duration(seconds)}`;

/** `start` for the beginning of a log. */
export const place = (position: string): string => (position === '' ? 'start' : position);
