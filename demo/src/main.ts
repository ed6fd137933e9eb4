import { writeFileSync } from 'node:fs';
import { demoConfig } from './demo.config';
import { demonstrate } from './demonstration';
import { findOrStartProduct } from './surroundings/product';
import { findOrStartSimulator } from './surroundings/simulator';
import { printed } from './table/table';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs the story between starting and stopping what it needs; the exit code says whether everything holds. */
const main = async (): Promise<void> => {
  const config = demoConfig(process.argv.slice(2), process.env);
  const began = performance.now();
  const simulator = await findOrStartSimulator(config);
  try {
    const product = await findOrStartProduct(config, say);
    try {
      const { table, said } = await demonstrate({ product, simulator, say });
      say(`\n${printed(table, (performance.now() - began) / 1000)}`);
      if (config.tableFile !== null) writeFileSync(config.tableFile, `${JSON.stringify(table, null, 2)}\n`);
      if (config.saidFile !== null) writeFileSync(config.saidFile, `${JSON.stringify(said, null, 2)}\n`);
      process.exitCode = table.invariants.every(({ holds }) => holds) ? 0 : 1;
    } finally {
      await product.stop();
    }
  } finally {
    await simulator.stop();
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
