import type { CarrierService } from '@stockproof/sales-domain';
import type { FulfillmentChannelV1, SalesChannelCreatedV1 } from '@stockproof/tenancy-contracts';

type ShopMappings = SalesChannelCreatedV1['carrierMappings'];
type WarehouseMappings = FulfillmentChannelV1['carrierMappings'];

export type Chosen = { readonly carrierService: CarrierService | null; readonly warnings: readonly string[] };

const nameOf = ({ carrierCode, serviceCode }: CarrierService): string => `${carrierCode}/${serviceCode}`;

/** `carrier/service`; a word alone stands for both. */
const asSaid = (said: string): CarrierService => {
  const [carrierCode = said, ...rest] = said.split('/');
  return { carrierCode, serviceCode: rest.join('/') || carrierCode };
};

/** By what a shipment is to go: what the order asks for, as its shop means it, else the account's default, else what the warehouse likes. */
export const carrierServiceFor = (said: string | null, mappings: ShopMappings, fallback: CarrierService | null): Chosen => {
  if (said === null || said.trim() === '')
    return fallback === null
      ? { carrierService: null, warnings: ['No carrier service: neither the order nor the account names one, so the warehouse chooses.'] }
      : { carrierService: fallback, warnings: [] };
  const mapped = mappings.find(({ theirs }) => theirs === said);
  if (mapped === undefined)
    return { carrierService: asSaid(said), warnings: [`The carrier service ${said} of the order is not mapped: taken as it is.`] };
  return { carrierService: { carrierCode: mapped.carrierCode, serviceCode: mapped.serviceCode }, warnings: [] };
};

/** The same in the words of the warehouse. */
export const forWarehouse = (service: CarrierService | null, mappings: WarehouseMappings): Chosen => {
  if (service === null) return { carrierService: null, warnings: [] };
  const mapped = mappings.find((each) => nameOf(each) === nameOf(service));
  return mapped === undefined
    ? {
        carrierService: service,
        warnings: [`The carrier service ${nameOf(service)} is not mapped for the warehouse: handed over as it is.`],
      }
    : { carrierService: mapped.theirs, warnings: [] };
};

type Used = { readonly carrier: string | null; readonly service: string | null };

/** What a warehouse says it used, in our words; unmapped words stay as they are. */
export const usedByWarehouse = ({ carrier, service }: Used, mappings: WarehouseMappings): Used => {
  const mapped = mappings.find(({ theirs }) => theirs.carrierCode === carrier && theirs.serviceCode === service);
  return mapped === undefined ? { carrier, service } : { carrier: mapped.carrierCode, service: mapped.serviceCode };
};

/** What a parcel goes by, in the words of the shop: one word of its own, or ours with a warning. */
export const forShop = ({ carrier, service }: Used, mappings: ShopMappings): Used & { readonly warning: string | null } => {
  if (carrier === null) return { carrier, service, warning: null };
  const mapped = mappings.find((each) => each.carrierCode === carrier && (service === null || each.serviceCode === service));
  return mapped === undefined
    ? {
        carrier,
        service,
        warning: `The carrier service ${service === null ? carrier : `${carrier}/${service}`} is not mapped for the shop: told as it is.`,
      }
    : { carrier: mapped.theirs, service: null, warning: null };
};
