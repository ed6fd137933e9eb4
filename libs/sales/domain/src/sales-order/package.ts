import type { Sku } from '@stockproof/vocabulary';

/** A carrier and what it is asked to do. */
export type CarrierService = { readonly carrierCode: string; readonly serviceCode: string };

/** What lies in a parcel, by line of the order or component of its bundle. */
export type PackageContent = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serials: readonly string[];
};

/** A parcel as the warehouse describes it; carrier and service are those that it really used. */
export type Package = {
  readonly packageId: string;
  readonly tracking: string | null;
  readonly carrier: string | null;
  readonly service: string | null;
  readonly weightG: number | null;
  readonly lengthMm?: number | null;
  readonly widthMm?: number | null;
  readonly heightMm?: number | null;
  /** Absent: nobody said. */
  readonly contents?: readonly PackageContent[];
};
