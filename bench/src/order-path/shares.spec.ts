import { sharesOf } from './shares';

const node = (url: string, hitCount: number, functionName = 'work') => ({ callFrame: { functionName, url }, hitCount });

describe('shares of a profile', () => {
  it('groups by library, package and part of Node, leaves idle time out, largest first', () => {
    expect(
      sharesOf([
        node('file:///p/node_modules/pg/lib/client.js', 3),
        node('file:///p/node_modules/pg/node_modules/@scope/deep/index.js', 1),
        node('file:///p/dist/libs/edge/access/src/caller.js', 2),
        node('node:internal/streams/writable', 1),
        node('', 1, '(garbage collector)'),
        node('', 90, '(idle)'),
      ]),
    ).toEqual([
      { where: 'pg', share: 3 / 8 },
      { where: 'libs/edge/access', share: 2 / 8 },
      { where: '@scope/deep', share: 1 / 8 },
      { where: 'node:internal', share: 1 / 8 },
      { where: '(garbage collector)', share: 1 / 8 },
    ]);
  });
});
