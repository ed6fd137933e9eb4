import { parseArgs } from 'node:util';
import { takeLargeFile } from './large-level-file';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, node: { type: 'string', default: '' } } });

/** A file of a million rows, taken by the product as it is delivered: prints what was seen. `--node`: options of its Node, say a limit of its heap. */
const prove = async (): Promise<void> => {
  const environment: Record<string, string> = values.node === '' ? {} : { NODE_OPTIONS: values.node };
  const seen = await takeLargeFile(Number(values.rows), { environment, say: (progress) => void process.stderr.write(`${progress}\n`) });
  process.stdout.write(`${JSON.stringify({ ...seen, rowsPerSecond: Math.round(seen.rows / seen.seconds) }, null, 2)}\n`);
};

void prove();
