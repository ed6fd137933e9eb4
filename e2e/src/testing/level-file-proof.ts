import { parseArgs } from 'node:util';
import { takeLargeFile } from './large-level-file';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });

/** A file of a million rows, taken by the product as it is delivered: prints what was seen. */
const prove = async (): Promise<void> => {
  const seen = await takeLargeFile(Number(values.rows), (progress) => void process.stderr.write(`${progress}\n`));
  process.stdout.write(`${JSON.stringify({ ...seen, rowsPerSecond: Math.round(seen.rows / seen.seconds) }, null, 2)}\n`);
};

void prove();
