import type { AccountId } from '@stockproof/vocabulary';
import type { CatalogStreams } from '../catalog.streams';
import { masterSource } from './master-source';

/** Something that whoever edits should know; the edit holds all the same. */
export type Warning = { readonly code: string; readonly message: string };

/** While products come from elsewhere, what is edited here goes to the other channels only, and may not last. */
export const warningsOfEdit = async (streams: CatalogStreams, accountId: AccountId): Promise<readonly Warning[]> => {
  const { kind } = await masterSource(streams, accountId);
  if (kind === 'stockproof') return [];
  const message = `The master product source is a ${kind.replace('-', ' ')}: it is not told of this, and its next import may overwrite it.`;
  return [{ code: 'next-import-may-overwrite', message }];
};
