import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Bench, CaseResult } from './bench-case';

type Word = { readonly progress: string } | { readonly result: CaseResult };

/** Runs a case in a process of its own. */
export const runCase = (name: string, { url, effort, say }: Bench): Promise<CaseResult> =>
  new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'run-case.js'), { execArgv: ['--enable-source-maps'] });
    let result: CaseResult | null = null;
    child.on('message', (word: Word) => {
      if ('progress' in word) say(word.progress);
      else result = word.result;
    });
    child.once('error', reject);
    child.once('exit', (code) => (result ? resolve(result) : reject(new Error(`The case ${name} ended with ${code} and no result.`))));
    child.send({ name, url, effort });
  });
