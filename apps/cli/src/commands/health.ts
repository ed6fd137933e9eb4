import { healthAt } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { addresses, timeout } from '../command-line/values';
import { table } from '../printing/table';
import { services } from '../services';

export const health = command({
  path: 'health',
  summary: 'whether all services are ready',
  description:
    'Asks the admin ports of the services for /readyz. Without --admin it asks this machine on STOCKPROOF_ADMIN_PORT (9464) and the four\n' +
    'ports behind it, where all-in-one or the services launcher answer. A service that nobody speaks for is told as missing: see lag, which\n' +
    'reads the database and needs no service.',
  options: [
    ['--admin <address...>', 'an admin port, such as http://stock:9464; once for each process'],
    ['--timeout <seconds>', 'how long each may take to answer (5)'],
  ],
  examples: ['health', 'health --admin http://tenancy:9464 --admin http://stock:9464 --json'],
  values: z.object({ admin: addresses, timeout: timeout(5) }),
  run: async ({ admin, timeout: timeoutMs }, desk) => {
    const asked = admin ?? services.map((_, index) => `http://127.0.0.1:${desk.config().adminPort + index}`);
    const answers = await Promise.all(asked.map((address) => healthAt(address, timeoutMs)));
    const told = answers.flatMap(({ address, answer }) =>
      (answer?.services ?? []).map((each) => ({ ...each, address, draining: answer?.draining ?? false })),
    );
    const missing = services.map(({ name }) => name).filter((name) => !told.some((each) => each.service === name));
    const silent = answers.filter(({ answer }) => answer === null);
    const ready = told.length > 0 && missing.length === 0 && told.every((each) => each.ready && !each.draining);
    const unasked = admin === undefined ? [] : silent;
    return {
      code: told.length === 0 ? exitCodes.unavailable : ready && unasked.length === 0 ? exitCodes.ok : exitCodes.wrong,
      lines: [
        ...table(
          ['SERVICE', 'READY', 'AT', 'PROBLEMS'],
          [
            ...told.map((each) => [
              each.service,
              each.draining ? 'stops' : each.ready ? 'yes' : 'NO',
              each.address,
              each.problems.join('; '),
            ]),
            ...missing.map((name) => [name, 'NO', null, 'no process answers for it']),
          ],
        ),
        ...(told.length === 0 ? asked : unasked.map(({ address }) => address)).map(
          (address) => `${address}: ${silent.find((each) => each.address === address)?.because ?? 'no answer'}`,
        ),
      ],
      json: { ready, services: told, missing, silent: silent.map(({ address, because }) => ({ address, because })) },
    };
  },
});
