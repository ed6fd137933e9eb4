import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

const manifest = createRequire(import.meta.url).resolve('nx/package.json');
const nx = join(dirname(manifest), createRequire(import.meta.url)(manifest).bin.nx);
const graph = join(root, '.nx/workspace-data/project-graph.json');

/** The boundary rule skips itself, quietly, where Nx has no project graph: so one is always built first. */
export const buildProjectGraph = () => {
  execFileSync(process.execPath, [nx, 'graph', '--file=.nx/graph.json'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' },
  });
  if (!existsSync(graph)) throw new Error(`Nx wrote no project graph to ${graph}: the boundary rules would be skipped`);
};

export const ensureProjectGraph = () => existsSync(graph) || buildProjectGraph();
