// "passed failed skipped" of a Jest report; a run that reports success but failed, or reports nothing, has one failure more.
import { existsSync, readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);
const nothing = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : nothing;

const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
const unexplained = failed === 0 && (status !== '0' || report.numPassedTests === 0) ? 1 : 0;
console.log(report.numPassedTests, failed + unexplained, report.numPendingTests + report.numTodoTests);
