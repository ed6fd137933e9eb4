import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { operationsIn } from '../clients/record';
import { pause } from '../clients/until';
import type { World } from '../clients/world';
import { check, isRight, type Findings } from './check';
import type { Evidence } from './evidence';
import { countEvents, readEvents, readViews } from './reading';

/** It is quiet when nothing was written for so long. */
const quietMs = 3_000;
/** A backlog of a slow machine is worked off for as long as events are written; a product that writes for ever is stopped. */
const settlesAtMostMs = 2_700_000;

export type Judging = {
  readonly url: string;
  readonly world: World;
  /** What clients wrote down. */
  readonly files: readonly string[];
  /** Waits until nothing is under way; without, only what must hold at every moment can be asked. */
  readonly settles: boolean;
  /** What is asked of a settled product is asked again for so long after the last event. */
  readonly settlesWithinMs?: number;
  readonly say: (line: string) => void;
};

/** Reads what clients wrote and what lies in the stores, and judges it. */
export const judged = async ({
  url,
  world,
  files,
  settles,
  settlesWithinMs = 150_000,
  say,
}: Judging): Promise<{ evidence: Evidence; findings: Findings }> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const operations = files.flatMap((file) => operationsIn(readFileSync(file, 'utf8').split('\n')));
    const atMost = performance.now() + settlesAtMostMs;
    let [written, deadline] = [0, 0];
    for (;;) {
      if (settles) await untilQuiet(client, performance.now() + settlesWithinMs);
      const { accountId, actor, warehouses } = world;
      const members = [warehouses.NORTH, warehouses.SOUTH];
      const said = { events: await readEvents(client, accountId), views: await readViews(client, accountId) };
      const evidence: Evidence = { accountId, actor, members, virtual: warehouses.BOTH, operations, ...said };
      const findings = check(evidence);
      if (said.events.length > written) [written, deadline] = [said.events.length, performance.now() + settlesWithinMs];
      if (!settles || findings.settled.every(isRight) || performance.now() > Math.min(deadline, atMost)) return { evidence, findings };
      say(
        `not settled yet: ${findings.settled
          .filter((each) => !isRight(each))
          .map(({ name, wrong }) => `${name} (${wrong})`)
          .join('; ')}`,
      );
      await pause(5_000);
    }
  } finally {
    await client.end();
  }
};

const untilQuiet = async (client: Client, deadline: number): Promise<void> => {
  let seen = { count: -1, since: performance.now() };
  while (performance.now() - seen.since < quietMs && performance.now() < deadline) {
    const count = await countEvents(client);
    if (count !== seen.count) seen = { count, since: performance.now() };
    await pause(200);
  }
};
