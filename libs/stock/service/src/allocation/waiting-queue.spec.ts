import { checks, request, scene, wake, wants } from './allocation-scene';

describe('a wake-up', () => {
  it('finds who began to wait elsewhere, also in a process that had looked at the order before', async () => {
    // Found by the search of interleavings; its shortest schedule.
    const { owner, adjust, status } = scene();
    const asked = request('o', wants({ tea: 1 }));
    const late = owner();
    late.before(checks('tea'), () => Promise.resolve());
    late.before(checks('tea'), () => Promise.reject(new Error('connection lost')));
    await expect(late.work(asked)).rejects.toThrow('connection lost');
    await owner().work(asked);
    expect(await status('o')).toBe('waiting');

    const risenAt = await adjust('tea', 1);
    await late.work(wake('tea', risenAt));
    expect(await status('o')).toBe('granted');
  });
});
