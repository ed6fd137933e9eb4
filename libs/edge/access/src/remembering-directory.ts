import type { Instant } from '@stockproof/vocabulary';
import type { AccessDirectory } from './access-directory';
import { remembered, type Remembered } from './remembered';

/** A directory that answers from memory for a moment, and its fresh side for who waits for news. */
export type RememberingDirectory = { readonly known: AccessDirectory; readonly fresh: AccessDirectory };

/** Decisions rest on what is at most `ttlMs` old. */
export const rememberingDirectory = (directory: AccessDirectory, ttlMs: number): RememberingDirectory => {
  const users = remembered(directory.user, ttlMs);
  const keys = remembered(directory.key, ttlMs);
  const accounts = remembered(directory.account, ttlMs);
  const signingKeys = remembered(directory.signingKey, ttlMs);
  const feed = remembered<Instant>(() => directory.readToEndAt(), ttlMs);
  const by = (way: keyof Remembered<unknown>): AccessDirectory => ({
    user: users[way],
    key: keys[way],
    account: accounts[way],
    signingKey: signingKeys[way],
    readToEndAt: () => feed[way](''),
    noteKeyUse: directory.noteKeyUse,
  });
  return { known: by('get'), fresh: by('getFresh') };
};
