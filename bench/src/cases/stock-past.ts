import type { Bench, BenchCase, CaseResult, Check, Measurement } from '../bench-case';
import { underLoad } from '../load';
import { medianRatio, medianRun, type Run } from '../statistics';
import { counted, historyOf, momentAt, type History } from '../stock-past/history';
import { ledgerOf, type Ledger } from '../stock-past/ledger';

const callers = 4;
const small = 1_000;
const sizes = { short: { larger: 10_000, largest: 100_000 }, whole: { larger: 100_000, largest: 1_000_000 } };
/** Fewer rounds are a short run. */
const wholeRounds = 5;

type Question = { readonly name: string; readonly share: number; readonly asKnownThen: boolean };
const questions: readonly Question[] = [
  { name: 'at the start', share: 0.05, asKnownThen: false },
  { name: 'in the middle, with 50 late corrections', share: 0.5, asKnownThen: false },
  { name: 'in the middle, as known then', share: 0.5, asKnownThen: true },
  { name: 'at the end', share: 1, asKnownThen: false },
];

type Side = { readonly history: History; readonly ledger: Ledger };
type Asking = (ledger: Ledger, asOfMs: number, knownMs: number | null) => Promise<unknown>;
const askings: Readonly<Record<string, Asking>> = {
  figures: (ledger, asOfMs, knownMs) => ledger.levels(asOfMs, knownMs),
  'orders behind the units': (ledger, asOfMs, knownMs) => ledger.promised(asOfMs, knownMs),
};

/** Questions about the past of one SKU with much history, next to the same about one with little. */
export const stockPast: BenchCase = {
  title: `Questions about the past of a SKU, next to one of ${small.toLocaleString('en')} events`,
  run: async (bench: Bench): Promise<CaseResult> => {
    const sides: Side[] = [];
    const { short, whole } = sizes;
    for (const [name, size] of Object.entries({ small, ...(bench.effort.rounds < wholeRounds ? short : whole) })) {
      const history = historyOf(size);
      sides.push({ history, ledger: await ledgerOf({ ...bench, name }, history) });
    }
    try {
      const measured = await measure(bench, sides);
      return { ...measured, checks: await checked(sides), notes: await blocksTouched(sides) };
    } finally {
      for (const { ledger } of sides) await ledger.close();
    }
  },
};

const timesOf = ({ history }: Side, { share, asKnownThen }: Question): readonly [number, number | null] => {
  const asOfMs = momentAt(history.size, share);
  return [asOfMs, asKnownThen ? asOfMs : null];
};

const measure = async ({ effort, say }: Bench, sides: readonly Side[]): Promise<Pick<CaseResult, 'measurements' | 'aims'>> => {
  const runs = new Map<string, Run[]>();
  const keyOf = (side: Side, question: Question, what: string): string =>
    `${what} ${question.name}, ${side.history.size.toLocaleString('en')} events`;
  const all = Object.entries(askings).flatMap(([what, ask]) => questions.map((question) => ({ what, ask, question })));
  for (let round = 0; round < effort.rounds; round++) {
    say(`round ${round + 1}`);
    for (const { what, ask, question } of all)
      for (const side of sides) {
        const [asOfMs, knownMs] = timesOf(side, question);
        const { run } = await underLoad({ callers, warmSeconds: effort.warmSeconds / 2, seconds: effort.seconds / 2 }, () =>
          ask(side.ledger, asOfMs, knownMs),
        );
        const key = keyOf(side, question, what);
        runs.set(key, [...(runs.get(key) ?? []), run]);
      }
  }
  const measurements = [...runs].map(([name, each]): Measurement => ({ name, callers, runs: each, median: medianRun(each) }));
  const [little, ...more] = sides;
  const aims = all.flatMap(({ what, question }) =>
    more.map((side) => ({
      name: `${keyOf(side, question, what)}, next to ${small.toLocaleString('en')}`,
      atLeast: 0.8,
      measured: medianRatio(runs.get(keyOf(side, question, what)) ?? [], (little && runs.get(keyOf(little, question, what))) ?? []),
    })),
  );
  return { measurements, aims };
};

/** Twenty moments each, known then, in between and now. */
const checked = (sides: readonly Side[]): Promise<readonly Check[]> =>
  Promise.all(
    sides.map(async (side) => {
      const answers: { readonly right: boolean; readonly late: number }[] = [];
      for (const [asOf, known] of pairs) answers.push(await answered(side, asOf, known));
      const late = answers.reduce((sum, each) => sum + each.late, 0);
      const wrong = answers.filter(({ right }) => !right).length;
      return {
        name: `figures and promises of ${side.history.size.toLocaleString('en')} events are what counting all of them gives`,
        passed: wrong === 0 && late > 0,
        found: `${answers.length} questions with ${late} late rows in all, ${wrong} wrong`,
      };
    }),
  );

const shares = Array.from({ length: 21 }, (_, n) => n / 20);
const pairs = shares.flatMap((asOf) => [asOf, (asOf + 1) / 2, null].map((known) => [asOf, known] as const));

const answered = async ({ history, ledger }: Side, asOf: number, known: number | null) => {
  const [asOfMs, knownMs] = [momentAt(history.size, asOf), known === null ? null : momentAt(history.size, known)];
  const { total, allocated, late } = counted(history, asOfMs, knownMs ?? Number.POSITIVE_INFINITY);
  const found = (await ledger.levels(asOfMs, knownMs)) ?? { total: 0, allocated: 0 };
  const promised = await ledger.promised(asOfMs, knownMs);
  return { right: found.total === total && found.allocated === allocated && promised === allocated, late };
};

const blocksTouched = async (sides: readonly Side[]): Promise<readonly string[]> => {
  const notes: string[] = [];
  for (const question of questions) {
    const touched: string[] = [];
    for (const side of sides) {
      const [asOfMs, knownMs] = timesOf(side, question);
      const { late } = counted(side.history, asOfMs, knownMs ?? Number.POSITIVE_INFINITY);
      const { figures, orders } = await side.ledger.blocks(asOfMs, knownMs);
      touched.push(`${figures} and ${orders} of ${side.history.size.toLocaleString('en')} events (${late} late rows)`);
    }
    notes.push(`Blocks that the figures and the orders ${question.name} touch: ${touched.join(', ')}.`);
  }
  return notes;
};
