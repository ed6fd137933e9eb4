// "passed failed skipped" of a Jest report; a run that reports success but failed, or reports nothing, has one failure more.
// Then two lines for each failure: its name, and the first line of what it said.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [file, status] = process.argv.slice(2);
const nothing = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : nothing;

const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
const unexplained = failed === 0 && (status !== '0' || report.numPassedTests === 0) ? 1 : 0;
console.log(report.numPassedTests, failed + unexplained, report.numPendingTests + report.numTodoTests);

// Of a file that could not run, or failed in a hook, Jest's own title comes first.
const firstLine = (said) =>
  said
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('●'));
for (const { name, status: outcome, message, assertionResults } of report.testResults) {
  const where = relative(process.cwd(), name);
  const failures = assertionResults.filter((test) => test.status === 'failed');
  for (const { fullName, failureMessages } of failures)
    console.log(`  ${where}: ${fullName}\n    ${firstLine(failureMessages.join('\n'))}`);
  if (outcome === 'failed' && failures.length === 0) console.log(`  ${where}: failed outside of its tests\n    ${firstLine(message)}`);
}
if (unexplained) console.log(`  no test failed, ${report.numPassedTests} passed, and it ended with ${status}`);
