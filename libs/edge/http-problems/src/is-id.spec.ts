import 'reflect-metadata';
import { IsId, ProblemException, validationPipe } from './index';

class Asked {
  @IsId()
  readonly one!: string;

  @IsId({ each: true })
  readonly many!: readonly string[];
}

const asked = (value: unknown): Promise<unknown> => validationPipe().transform(value, { type: 'body', metatype: Asked });
const [one, other] = ['0190a5b1-7c44-7e1a-9d0e-2f6c3b1a8d55', '3fa85f64-5717-4562-b3fc-2c963f66afa6'];

describe('an id in a request', () => {
  it('is the same in either case', async () => {
    expect(await asked({ one: one.toUpperCase(), many: [one, other.toUpperCase()] })).toEqual({ one, many: [one, other] });
  });

  it.each([
    ['no text', { one: 7, many: [one] }, '/one'],
    ['no id', { one: 'ORDER-1', many: [] }, '/one'],
    ['one of many that is none', { one, many: [other, null] }, '/many'],
    ['no list of them', { one, many: { 0: one, no: 'id' } }, '/many'],
  ])('is refused where it is %s', async (_, value, pointer) => {
    const refusal = await asked(value).catch((error: unknown) => error);
    if (!(refusal instanceof ProblemException)) throw new Error(`taken: ${JSON.stringify(refusal)}`);
    expect(refusal.problem.errors?.map((each) => [each.pointer, each.code])).toEqual([[pointer, 'is-uuid']]);
  });
});
