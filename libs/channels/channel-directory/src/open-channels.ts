import type { ChannelCredentials } from '@stockproof/channel-credentials';
import type { Jobs } from '@stockproof/jobs';
import type { ServiceDatabases } from '@stockproof/sql';
import { channelJobs, type ChannelJobs } from './channel-jobs';
import type { Channels } from './channels';
import { knownChannels, type KnownChannels } from './known-channels';
import { openingChannels, type Connectors } from './opening-channels';
import { takingPushes, type TakingPushes } from './taking-pushes';

export type ChannelDirectoryOptions = {
  readonly databases: Pick<ServiceDatabases, 'writer'>;
  readonly connectors: Connectors;
  readonly credentials: ChannelCredentials;
  readonly jobs: Jobs;
  readonly log: { readonly warn: (details: object, message: string) => void };
};

/** The channels of all accounts in one process of a service, with what its module needs to keep them in step. */
export type ChannelDirectory = Channels & Pick<ChannelJobs, 'follow'> & Pick<TakingPushes, 'take'> & { readonly known: KnownChannels };

/** Opens the directory; it knows what its service has heard so far. */
export const openChannels = ({ databases, connectors, credentials, jobs, log }: ChannelDirectoryOptions): ChannelDirectory => {
  const known = knownChannels(databases.writer);
  const opening = openingChannels(connectors, credentials);
  return {
    known,
    ...known,
    ...opening,
    ...channelJobs({ jobs, known, opening }),
    ...takingPushes({ known, opening, log }),
  };
};
