import { renewed } from './renewed';

type Line = { readonly no: number; shut: boolean };

const lines = () => {
  const opened: Line[] = [];
  const open = async (): Promise<Line> => {
    const line = { no: opened.length + 1, shut: false };
    opened.push(line);
    return line;
  };
  const shut = async (line: Line): Promise<void> => {
    line.shut = true;
  };
  return { opened, open, shut };
};
const failing = async (): Promise<never> => {
  throw new Error('not now');
};

describe('what is opened anew after a failure', () => {
  it('is one for all as long as nothing fails', async () => {
    const { opened, open, shut } = lines();
    const { use } = renewed(open, shut);
    expect(await Promise.all([use(async ({ no }) => no), use(async ({ no }) => no)])).toEqual([1, 1]);
    expect(opened).toEqual([{ no: 1, shut: false }]);
  });

  it('stays open under those who still wait for their answers; whoever comes next has another', async () => {
    const { opened, open, shut } = lines();
    const { use } = renewed(open, shut);
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const waiting = use(async (line) => answered.then(() => line.shut));
    await expect(use(failing)).rejects.toThrow('not now');
    expect(await use(async ({ no }) => no)).toBe(2);
    expect(opened.map((line) => line.shut)).toEqual([false, false]);
    answer();
    expect(await waiting).toBe(false);
    expect(opened.map((line) => line.shut)).toEqual([true, false]);
  });

  it('is tried again where it could not be opened', async () => {
    const { opened, open, shut } = lines();
    let refusals = 1;
    const { use } = renewed(() => (refusals-- > 0 ? failing() : open()), shut);
    await expect(use(async ({ no }) => no)).rejects.toThrow('not now');
    expect(await use(async ({ no }) => no)).toBe(1);
    expect(opened).toHaveLength(1);
  });

  it('is shut with all that failed before, whoever still uses it', async () => {
    const { opened, open, shut } = lines();
    const { use, close } = renewed(open, shut);
    void use(() => new Promise<void>(() => undefined));
    await expect(use(failing)).rejects.toThrow('not now');
    await use(async () => undefined);
    await close();
    expect(opened.map((line) => line.shut)).toEqual([true, true]);
  });
});
