import { boundaries } from './tools/architecture/boundaries.mjs';
import { lintConfig } from './tools/architecture/lint-config.mjs';
import { ensureProjectGraph } from './tools/architecture/project-graph.mjs';
import { typedRules } from './tools/architecture/typed-rules.mjs';

ensureProjectGraph();

export default [...lintConfig(boundaries), ...typedRules('./tsconfig.json')];
