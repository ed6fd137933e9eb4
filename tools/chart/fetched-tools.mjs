import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** Where tools lie that are fetched once per machine; never among tracked files. */
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stockproof', 'chart-tools');

const goTools = {
  helm: 'helm.sh/helm/v3/cmd/helm@v3.22.0',
  'kubectl-validate': 'sigs.k8s.io/kubectl-validate@v0.0.4',
  'kube-score': 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0',
};

/** Kubernetes' own schemas are inside kubectl-validate; these are those of what the chart can make for others. */
const definitions = [
  { module: 'sigs.k8s.io/gateway-api@v1.2.1', files: ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'] },
  { module: 'github.com/kedacore/keda/v2@v2.16.1', files: ['config/crd/bases/keda.sh_scaledobjects.yaml'] },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.79.2',
    files: ['prometheusrules', 'servicemonitors'].map((kind) => `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`),
  },
];

const run = (command, args, options = {}) => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')} did not work: ${error.code === 'ENOENT' ? `there is no ${command}` : error.message}`);
  }
};

const say = (line) => console.log(line);

/** Built in a folder beside, so that a killed build leaves no half of a tool. */
const goTool = (name, module) => {
  const path = join(cache, name);
  if (existsSync(path)) return path;
  say(`  building ${module} …`);
  const beside = mkdtempSync(join(cache, 'building-'));
  run('go', ['install', '-ldflags=-s -w', module], { env: { ...process.env, GOBIN: beside, GOFLAGS: '-mod=mod' } });
  renameSync(join(beside, name), path);
  rmSync(beside, { recursive: true });
  return path;
};

/** The one program out of Debian's package; its daemon is not installed. */
const promtool = () => {
  const path = join(cache, 'promtool');
  if (existsSync(path)) return path;
  say("  taking promtool out of Debian's package prometheus …");
  const beside = mkdtempSync(join(cache, 'unpacking-'));
  const download = () => run('apt-get', ['download', '-q', 'prometheus'], { cwd: beside });
  try {
    download();
  } catch {
    // Lists of packages may be missing or old.
    run('apt-get', ['update', '-q']);
    download();
  }
  const [archive] = readdirSync(beside).filter((file) => file.endsWith('.deb'));
  run('dpkg', ['-x', join(beside, archive), beside]);
  renameSync(join(beside, 'usr/bin/promtool'), path);
  rmSync(beside, { recursive: true });
  return path;
};

const definitionsFolder = () => {
  const folder = join(cache, 'definitions');
  mkdirSync(folder, { recursive: true });
  for (const { module, files } of definitions) {
    if (files.every((file) => existsSync(join(folder, basename(file))))) continue;
    say(`  fetching ${module} …`);
    const { Dir } = JSON.parse(run('go', ['mod', 'download', '-json', module], { cwd: cache }));
    for (const file of files) copyFileSync(join(Dir, file), join(folder, basename(file)));
  }
  return folder;
};

/** Paths of all tools, fetched where they are missing. Throws with what could not be had. */
export const fetchedTools = () => {
  mkdirSync(cache, { recursive: true });
  for (const left of globSync(join(cache, '{building,unpacking}-*'))) rmSync(left, { recursive: true, force: true });
  const built = Object.fromEntries(Object.entries(goTools).map(([name, module]) => [name, goTool(name, module)]));
  const tools = { helm: built.helm, validate: built['kubectl-validate'], score: built['kube-score'], promtool: promtool() };
  say(`tools in ${cache}:`);
  say(`  helm ${run(tools.helm, ['version', '--template', '{{.Version}}']).trim()} (${goTools.helm})`);
  say(`  kubectl-validate (${goTools['kubectl-validate']}), definitions of ${definitions.map(({ module }) => module).join(', ')}`);
  say(`  kube-score (${goTools['kube-score']})`);
  say(`  ${run(tools.promtool, ['--version']).split('\n')[0]}`);
  return { ...tools, definitions: definitionsFolder() };
};
