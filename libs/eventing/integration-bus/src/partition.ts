import { createHash } from 'node:crypto';

/** The partition of a key: the same on every bus, in every process, for ever. */
export const partitionOf = (partitionKey: string, partitions: number): number =>
  createHash('sha1').update(partitionKey).digest().readUInt32BE(0) % partitions;
