// Makes the drawn corpus of decisions of a released version of the allocation rule: `npm run corpus -- <version>`. The same version
// gives the same bytes, on every machine. A file that is there is compared and never written again.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const built = join(root, 'dist/libs/stock/domain/src/allocation-rule');
const require = createRequire(import.meta.url);
const { allocationRules, currentRuleVersion } = require(join(built, 'rule-versions.js'));
const { corpusText, drawnCorpus } = require(join(built, 'testing/drawn-corpus.js'));

const version = Number(process.argv[2] ?? currentRuleVersion);
const rule = allocationRules[version];
if (!rule) {
  console.error(`There is no version ${process.argv[2]}: released are ${Object.keys(allocationRules).join(', ')}.`);
  process.exit(1);
}
const file = join(root, `libs/stock/domain/src/allocation-rule/corpus.v${version}.drawn.json`);
const text = corpusText(drawnCorpus(rule));
if (!existsSync(file)) {
  writeFileSync(file, text);
  console.log(`written: ${file}`);
} else if (readFileSync(file, 'utf8') === text) console.log('the same bytes as they are kept');
else {
  console.error(`${file} says otherwise: version ${version} has been changed, and must be a new version.`);
  process.exit(1);
}
