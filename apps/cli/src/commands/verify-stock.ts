import { systemClock } from '@stockproof/service-host';
import { verifyOnDemand } from '@stockproof/stock-service';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { accountId } from '../command-line/values';
import { logOf, toldRarely, withService } from '../desk';
import { table } from '../printing/table';
import { serviceNamed } from '../services';

export const verifyStock = command({
  path: 'verify-stock',
  summary: 'check all stock of an account against its log, now',
  description:
    'Asks for a verification as POST /v1/stock/accounts/{id}/verifications does and waits for it; one that is under way already is the one that\n' +
    'is waited for. Workers of stock do it, and this process as well. It repairs nothing. Exit code 1: something was found, or is open still.\n' +
    'Ctrl-C leaves it to the next worker.',
  arguments: [['accountId', 'the account']],
  examples: ['verify-stock 0199b0f0-0000-7000-8000-000000000000', 'verify-stock 0199b0f0-0000-7000-8000-000000000000 --json'],
  values: z.object({ accountId }),
  run: async ({ accountId: account }, desk) => {
    const rarely = toldRarely(desk.tell);
    const { verification, open, more } = await withService(desk, serviceNamed('stock'), ({ engines }) =>
      verifyOnDemand(engines, {
        accountId: account,
        askedBy: 'command-line',
        clock: systemClock,
        log: logOf(desk),
        signal: desk.signal,
        onProgress: ({ done, streams, findings }) => rarely(() => `  ${done} of ${streams ?? '?'} streams, ${findings} findings`),
      }),
    );
    const sound = verification.findings === 0 && open.length === 0;
    return {
      code: sound ? exitCodes.ok : exitCodes.wrong,
      lines: [
        `${verification.done} streams were verified, ${verification.findings} findings.`,
        ...(verification.done === 0 ? ['The account has nothing in stock, or there is no such account.'] : []),
        ...table(
          ['FINDING', 'KIND', 'SINCE', 'WHAT'],
          open.map(({ findingId, kind, firstSeen, says }) => [findingId, kind, firstSeen, says]),
        ),
        ...(more ? ['There are more: GET /v1/stock/accounts/{id}/findings?open=true'] : []),
      ],
      json: { sound, verification, open, more },
    };
  },
});
