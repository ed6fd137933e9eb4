import type { Server } from 'node:net';
import { StartupError } from './startup-error';

/** Binds, or throws a `StartupError` that names the variable to change. */
export const listen = async (
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  variable: string,
): Promise<void> => {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw new StartupError(
      sentences[String((error as NodeJS.ErrnoException).code)]?.(port, variable) ??
        `Nothing can listen on ${host}:${port}: ${(error as Error).message}.`,
    );
  }
};

const sentences: Record<string, (port: number, variable: string) => string> = {
  EADDRINUSE: (port, variable) =>
    `Port ${port} is taken by another program (another Stockproof?). Stop it, or choose another port: ${variable}=${port + 1000}.`,
  EACCES: (port, variable) =>
    `This user may not listen on port ${port}. Choose one above 1024: ${variable}=${port < 1024 ? 3000 : port + 1000}.`,
};
