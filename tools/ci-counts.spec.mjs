import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'stockproof-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const test = (fullName, said) => ({ fullName, status: said ? 'failed' : 'passed', failureMessages: said ? [said] : [] });
const reportOf = (...testResults) => {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed').length;
  const broken = testResults.filter(({ message, assertionResults }) => message && assertionResults.length === 0).length;
  const others = { numPendingTests: 1, numTodoTests: 1, numRuntimeErrorTestSuites: broken };
  return { numPassedTests: tests.length - failed, numFailedTests: failed, ...others, testResults };
};
const suite = (name, assertionResults, message = '') => ({
  name: resolve(name),
  status: message || assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
  message,
  assertionResults,
});
const told = (report, status) => {
  const file = join(folder, 'jest.json');
  rmSync(file, { force: true });
  if (report) writeFileSync(file, JSON.stringify(report));
  return execFileSync(process.execPath, [resolve('tools/ci-counts.mjs'), file, String(status)])
    .toString()
    .trimEnd()
    .split('\n');
};

describe('what .ci/run says of a run of Jest', () => {
  it('what passed, failed and was skipped', () => {
    expect(told(reportOf(suite('a.spec.ts', [test('counts'), test('ends')])), 0)).toEqual(['2 0 2']);
  });

  it('the name of each test that failed, and the first line of what it said', () => {
    const report = reportOf(
      suite('a.spec.ts', [test('counts')]),
      suite('libs/b.spec.ts', [test('the bus loses nothing', 'Error: expect(received).toBe(expected)\n\n  3 and 4'), test('ends')]),
    );
    expect(told(report, 1)).toEqual(['2 1 2', '  libs/b.spec.ts: the bus loses nothing', '    Error: expect(received).toBe(expected)']);
  });

  it('a file that did not run, by what kept it from running', () => {
    const report = reportOf(
      suite('a.spec.ts', [test('counts')]),
      suite('b.spec.ts', [], '  ● Test suite failed to run\n\n    Cannot find x\n'),
    );
    expect(told(report, 1)).toEqual(['1 1 2', '  b.spec.ts: failed outside of its tests', '    Cannot find x']);
  });

  it('a run that ended otherwise than its tests counts as one failure', () => {
    expect(told(reportOf(suite('a.spec.ts', [test('counts')])), 124)).toEqual([
      '1 1 2',
      '  no test failed, 1 passed, and it ended with 124',
    ]);
    expect(told(null, 0)).toEqual(['0 1 0', '  no test failed, 0 passed, and it ended with 0']);
  });
});
