import { readUntil } from './read-until';

const now = '2026-06-01T12:00:00.000Z';
const partition = (behind: number, oldestUnread: string | null) => ({ topic: 't', partition: 0, behind, oldestUnread, next: '0' });

describe('how far the access topic was read', () => {
  it('is now where nothing is left: silence is no age', () => {
    expect(readUntil([partition(0, null), partition(0, null)], now)).toBe(now);
    expect(readUntil([], now)).toBe(now);
  });

  it('is up to the oldest message left', () => {
    expect(readUntil([partition(0, null), partition(3, '2026-06-01T11:59:00.000Z'), partition(1, '2026-06-01T11:59:30.000Z')], now)).toBe(
      '2026-06-01T11:59:00.000Z',
    );
  });

  it('is unknown where the age of what is left is', () => {
    expect(readUntil([partition(2, null), partition(0, null)], now)).toBeNull();
  });
});
