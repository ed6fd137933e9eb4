import { orphans, problemsOf } from './hand-written.mjs';

const decision = (guard) =>
  `# 1. A decision\n\n**Context**\nx\n\n**Decision**\nx\n\n**Consequences**\nx\n\n**Guarded by**\n${guard}\n\n**Look again when**\nx\n`;
const adr = 'docs/adr/0001-own-kernel.md';

describe('documents written by hand', () => {
  it('a page that names what exists is fine', () => {
    expect(
      problemsOf('docs/x.md', 'See [that](README.md#here), [us](https://example.org), `tools/docs/docs.mjs`, `libs/<context>/domain`.'),
    ).toEqual([]);
  });

  it('a link that leads nowhere is noticed', () => {
    expect(problemsOf('docs/x.md', 'See [that](gone.md).')).toEqual(['docs/x.md: links to gone.md, which does not exist']);
  });

  it('a path that leads nowhere is noticed', () => {
    expect(problemsOf('docs/x.md', 'Look into `libs/gone/src/x.ts`.')).toEqual([
      'docs/x.md: names libs/gone/src/x.ts, which does not exist',
    ]);
  });

  it('a complete decision with a guard is fine', () => {
    expect(problemsOf(adr, decision('`tools/docs/docs.mjs` fails.'))).toEqual([]);
  });

  it('a decision whose guard does not exist is noticed', () => {
    expect(problemsOf(adr, decision('`libs/gone/x.spec.ts` fails.'))).toEqual([`${adr}: names libs/gone/x.spec.ts, which does not exist`]);
  });

  it('a decision without a guard is noticed', () => {
    expect(problemsOf(adr, decision('somebody, hopefully'))).toEqual([`${adr}: names no guard by its path`]);
  });

  it('a decision without all its parts is noticed', () => {
    expect(problemsOf(adr, decision('`tools/docs/docs.mjs`').replace('**Look again when**', ''))).toEqual([
      `${adr}: lacks "Look again when"`,
    ]);
  });

  it('a promise without a test is noticed', () => {
    const page = (test) => `| Promise | What would fail |\n|---|---|\n| **A thing** for ever | ${test} |\n`;
    expect(
      problemsOf('docs/guarantees.md', page('[its spec](../tools/docs/hand-written.spec.mjs), [e2e](../e2e/src/hold.e2e.spec.ts)')),
    ).toEqual([]);
    expect(problemsOf('docs/guarantees.md', page('[a page](README.md)'))).toEqual([
      'docs/guarantees.md: promises **A thing** for ever without a test',
    ]);
  });

  it('a page that no contents lead to is noticed', () => {
    const texts = new Map([
      ['docs/README.md', '[one](guides/one.md)'],
      ['docs/guides/one.md', '[two](two.md)'],
      ['docs/guides/two.md', ''],
    ]);
    expect(orphans(texts)).toEqual(['docs/guides/two.md: no README leads here']);
  });
});
