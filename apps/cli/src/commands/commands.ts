import type { Command } from '../command-line/command';
import { checkConfig } from './check-config';
import { erasuresExport, erasuresReplay } from './erasures';
import { exportEventsCommand } from './export-events';
import { health } from './health';
import { lag } from './lag';
import { migrateCommand } from './migrate';
import { parkedList, parkedReplay, parkedShow, parkedSkip } from './parked';
import { replay } from './replay';
import { verifyStock } from './verify-stock';
import { viewCompare } from './view-compare';
import { viewList } from './view-list';
import { viewRebuild } from './view-rebuild';

/** All commands, as `--help` lists them. */
export const commands: readonly Command[] = [
  checkConfig,
  health,
  lag,
  ...[viewList, viewCompare, viewRebuild],
  ...[parkedList, parkedShow, parkedReplay, parkedSkip],
  replay,
  verifyStock,
  exportEventsCommand,
  erasuresExport,
  erasuresReplay,
  migrateCommand,
];
