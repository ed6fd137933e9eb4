import { randomBytes } from 'node:crypto';
import { channelCredentials } from './channel-credentials';

describe('the credentials of a channel', () => {
  const credentials = channelCredentials(randomBytes(32));
  const sealed = credentials.seal('channel-1', { token: 'canary' });

  it('come back as they were', () => {
    expect(credentials.open('channel-1', sealed)).toEqual({ token: 'canary' });
    expect(sealed).not.toContain('canary');
    expect(credentials.seal('channel-1', { token: 'canary' })).not.toBe(sealed);
  });

  it('are worth nothing for another channel, under another key, or changed', () => {
    expect(() => credentials.open('channel-2', sealed)).toThrow();
    expect(() => channelCredentials(randomBytes(32)).open('channel-1', sealed)).toThrow();
    expect(() => credentials.open('channel-1', `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`)).toThrow();
    expect(() => credentials.open('channel-1', 'plain')).toThrow(TypeError);
  });
});
