import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';

const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'newPassword',
  'currentPassword',
  'credentials',
  'secret',
  'apiKey',
  'token',
  'accessToken',
  'refreshToken',
];
const places = ['', '*.', '*.*.', '*.*.*.'];

/** Logs as one JSON object a line, with what must never be in a log left out wherever it stands up to three levels deep. */
export const loggerOptions = (service: string, level: string): LoggerOptions => ({
  level,
  base: { service },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: {
    paths: places.flatMap((place) => secretNames.map((name) => (place === '' ? `["${name}"]` : `${place.slice(0, -1)}["${name}"]`))),
    censor: '[redacted]',
  },
});

/** A logger of a service. */
export const serviceLogger = (service: string, level: string, destination?: DestinationStream): Logger =>
  destination === undefined ? pino(loggerOptions(service, level)) : pino(loggerOptions(service, level), destination);
