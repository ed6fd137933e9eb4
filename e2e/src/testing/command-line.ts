import type { Installation } from './installation';
import { startProgram, untilTrue, type ProductProcess } from './product-process';

export type Said = { readonly code: number | null; readonly out: string; readonly err: string; readonly json: Record<string, unknown> };

/** A command of an operator beside an installation, begun: for who wants to end it before it ends. */
export const beginCommand = (installation: Installation, words: readonly string[]): ProductProcess => {
  const port = Number(new URL(installation.base).port);
  return startProgram(
    'cli',
    {
      ...installation.environment,
      STOCKPROOF_DATA_DIR: installation.dataDir,
      STOCKPROOF_PORT: String(port),
      STOCKPROOF_ADMIN_PORT: String(port + 6),
    },
    words,
  );
};

/** The command line of an operator beside an installation. */
export const commandLine =
  (installation: Installation) =>
  async (...words: readonly string[]): Promise<Said> => {
    const program = beginCommand(installation, words);
    let [out, err] = ['', ''];
    program.child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    program.child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const { code } = await program.ended;
    await untilTrue(
      () => (program.child.stdout?.readableEnded ?? true) && (program.child.stderr?.readableEnded ?? true),
      5_000,
      () => 'the output does not end',
    );
    const json = words.includes('--json') && out !== '' ? (JSON.parse(out) as Record<string, unknown>) : {};
    return { code, out, err, json };
  };

type Compared = { readonly service: string; readonly view: string; readonly tables: readonly { readonly equal: boolean | null }[] };

/** Views whose rows are not those that a build from the log would have; all of every service are built and compared. */
export const viewsUnlikeTheirLog = async (cli: ReturnType<typeof commandLine>): Promise<readonly unknown[]> => {
  const { json, err } = await cli('view', 'compare', '--json');
  const views = (json['views'] ?? []) as readonly Compared[];
  if (views.length === 0) return [`nothing was compared: ${err}`];
  return views.filter(({ tables }) => tables.length === 0 || tables.some(({ equal }) => equal !== true));
};
