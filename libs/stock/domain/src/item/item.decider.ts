import type { Decider } from '@stockproof/decider';
import { adjust, setAside, type ItemDecision } from './item.adjusting';
import type { ItemCommand } from './item.commands';
import type { ItemEvent } from './item.events';
import { evolve } from './item.evolve';
import { close, grant } from './item.granting';
import { expectGoods, expectNoMore, receive } from './item.receiving';
import type { ItemRejection } from './item.rejections';
import { report } from './item.reporting';
import { acceptUnits, release, ship } from './item.shipping';
import { noItem, type Item } from './item.state';

const decide = (command: ItemCommand, item: Item): ItemDecision => {
  switch (command.type) {
    case 'AdjustStock':
      return adjust(command, item);
    case 'SetAsideStock':
      return setAside(command, item);
    case 'ReportStockLevel':
      return report(command, item);
    case 'GrantUnits':
      return grant(command, item);
    case 'CloseGrant':
      return close(command, item);
    case 'AcceptUnits':
      return acceptUnits(command, item);
    case 'ShipUnits':
      return ship(command, item);
    case 'ReleaseUnits':
      return release(command, item);
    case 'ExpectGoods':
      return expectGoods(command, item);
    case 'ReceiveGoods':
      return receive(command, item);
    case 'ExpectNoMore':
      return expectNoMore(command, item);
  }
};

/** One SKU of one account in all its warehouses: what is there, and who was promised it. */
export const itemDecider: Decider<Item, ItemCommand, ItemEvent, ItemRejection> = { initialState: noItem, decide, evolve };
