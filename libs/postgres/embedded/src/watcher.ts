import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { spawnedAs, type ServerUser } from './server-user';

/**
 * Its standard input is a pipe that only we hold: when we are gone, however that came, reading ends, and the server is asked to
 * stop. A shell, because it costs a megabyte, and in a session of its own, because Ctrl-C must not reach it.
 */
const script = `
IFS= read -r _
lock="$1"; server="$2"
read -r pid 2>/dev/null < "$lock" || exit 0
[ "$pid" = "$server" ] || exit 0
kill -INT "$server" || exit 0
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  kill -0 "$server" 2>/dev/null || exit 0
  sleep 1
done
kill -QUIT "$server"
`;

/** Stops the server when this process ends without having stopped it. */
export const watch = (server: number, data: string, user: ServerUser): ChildProcess => {
  const watcher = spawn('/bin/sh', ['-c', script, 'stockproof-postgres-watcher', join(data, 'postmaster.pid'), String(server)], {
    ...spawnedAs(user),
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  watcher.stdin?.on('error', () => undefined); // a killed watcher is noticed at the next start
  return watcher;
};
