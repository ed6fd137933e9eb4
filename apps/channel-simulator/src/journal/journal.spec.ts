import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from './journal';

describe('the journal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is there again after a restart, and goes on counting', () => {
    const file = join(folder, 'deep', 'a.jsonl');
    const first = openJournal(file, () => 1000).write('shops/A', { kind: 'order-placed', order: { name: 'Zoë' } });
    const again = openJournal(file, () => 5000);
    expect(again.entries()).toEqual([first]);
    expect(again.write('shops/A', { kind: 'order-placed' })).toMatchObject({ seq: 2, at: new Date(5000).toISOString() });
  });

  it('forgets a line that was cut off in the middle, and writes the next one whole', () => {
    const file = join(folder, 'b.jsonl');
    openJournal(file, () => 1).write('shops/A', { kind: 'one' });
    appendFileSync(file, '{"seq":2,"kind":"ha');
    openJournal(file, () => 2).write('shops/A', { kind: 'two' });
    expect(openJournal(file, () => 3).entries()).toMatchObject([
      { seq: 1, kind: 'one' },
      { seq: 2, kind: 'two' },
    ]);
  });

  it('lets no two things happen at once, and no time go back', () => {
    const journal = openJournal(join(folder, 'c.jsonl'), () => 1000);
    journal.write('shops/A', { kind: 'one' });
    expect(journal.write('shops/A', { kind: 'two' }).at).toBe(new Date(1001).toISOString());
  });
});
