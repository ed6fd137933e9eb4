import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allFiles } from './all-files';

// Run after a change of what the files say: node dist/demo/src/files/write-files.js
for (const [name, text] of Object.entries(allFiles())) writeFileSync(join(process.cwd(), 'demo', 'files', name), text);
