import type { ParsedPush, PushHeaders } from '@stockproof/channel-exchange';
import type { AccountId } from '@stockproof/vocabulary';
import type { Channels, FactTaken, ShopPlace, WarehousePlace } from './channels';
import { ChannelNotUsable } from './channels';
import type { KnownChannels, Side } from './known-channels';
import type { OpeningChannels } from './opening-channels';

/** What became of a push. `elsewhere`: it says something that another service takes. */
export type PushTaken =
  | { readonly outcome: 'taken'; readonly received: number; readonly applied: number }
  | { readonly outcome: 'untrusted' }
  | { readonly outcome: 'unreadable'; readonly reason: string }
  | { readonly outcome: 'elsewhere'; readonly kinds: readonly string[] };

type Fact = { readonly kind: string };
type Take<Place> = (fact: never, place: Place) => Promise<FactTaken>;

export type TakingPushes = Pick<Channels, 'onWarehousePush' | 'onShopPush'> & {
  readonly take: (
    from: { readonly side: Side; readonly accountId: AccountId; readonly placeId: string },
    headers: PushHeaders,
    rawBody: string,
  ) => Promise<PushTaken>;
};

type Options = {
  readonly known: KnownChannels;
  readonly opening: OpeningChannels;
  readonly log: { readonly warn: (details: object, message: string) => void };
};

/** News that channels send by themselves: trusted by their signature, taken by whoever registered for their kind. */
export const takingPushes = ({ known, opening, log }: Options): TakingPushes => {
  const ofWarehouses = new Map<string, Take<WarehousePlace>>();
  const ofShops = new Map<string, Take<ShopPlace>>();

  const taken = async <Place>(
    place: Place,
    parsed: ParsedPush<Fact> | null,
    takers: ReadonlyMap<string, Take<Place>>,
  ): Promise<PushTaken> => {
    if (parsed === null || parsed.outcome === 'untrusted') return { outcome: 'untrusted' };
    if (parsed.outcome === 'unreadable') {
      log.warn({ pushId: parsed.pushId, reason: parsed.reason }, 'a push could not be read');
      return { outcome: 'unreadable', reason: parsed.reason };
    }
    const elsewhere = parsed.facts.filter(({ kind }) => !takers.has(kind));
    if (elsewhere.length > 0) return { outcome: 'elsewhere', kinds: elsewhere.map(({ kind }) => kind) };
    let applied = 0;
    for (const fact of parsed.facts) if ((await takers.get(fact.kind)?.(fact as never, place)) === 'applied') applied += 1;
    return { outcome: 'taken', received: parsed.facts.length, applied };
  };

  return {
    onWarehousePush: (kind, take) => void ofWarehouses.set(kind, take),
    onShopPush: (kind, take) => void ofShops.set(kind, take),
    take: async ({ side, accountId, placeId }, headers, rawBody) => {
      if (side === 'warehouse') {
        const place = await known.warehouse(accountId, placeId);
        const parsed = place === null ? null : readAs(() => opening.openWarehouse(place)?.parsePush(headers, rawBody) ?? null);
        return place === null ? { outcome: 'untrusted' } : taken(place, parsed, ofWarehouses);
      }
      const place = await known.shop(accountId, placeId);
      const parsed = place === null ? null : readAs(() => opening.openShop(place).parsePush(headers, rawBody));
      return place === null ? { outcome: 'untrusted' } : taken(place, parsed, ofShops);
    },
  };
};

/** A channel that cannot be opened cannot vouch for a sender. */
const readAs = <Parsed>(parse: () => Parsed): Parsed | null => {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ChannelNotUsable) return null;
    throw error;
  }
};
