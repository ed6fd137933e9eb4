/** What an incoming order can be required to say beyond the fixed rules, as pointers into it. */
export const requirableOrderFields = [
  '/shipTo/phone',
  '/shipTo/email',
  '/shipTo/region',
  '/shipTo/company',
  '/carrierService',
  '/requestedShipDate',
] as const;

export type RequirableOrderField = (typeof requirableOrderFields)[number];

/** Where products come from. `id`: of the sales channel, or the physical warehouse of the fulfillment channel. */
export type MasterProductSource =
  | { readonly kind: 'stockproof' }
  | { readonly kind: 'sales-channel'; readonly id: string }
  | { readonly kind: 'fulfillment-channel'; readonly id: string };

/** Settings that only an account has: no organization hands them down. */
export type AccountChoices = {
  /** What becomes of what a warehouse will never send of a shipment. */
  readonly shortClose: 'reopen' | 'cancel';
  readonly requiredOrderFields: readonly RequirableOrderField[];
  /** Of a shipment whose order names none; `null`: the warehouse chooses. */
  readonly defaultCarrierService: { readonly carrierCode: string; readonly serviceCode: string } | null;
  readonly masterProductSource: MasterProductSource;
};

/** What an account has chosen; everything absent was never chosen. */
export type ChosenChoices = Partial<AccountChoices>;

const initialChoices: AccountChoices = {
  shortClose: 'reopen',
  requiredOrderFields: [],
  defaultCarrierService: null,
  masterProductSource: { kind: 'stockproof' },
};

/** All choices with what holds where none was made. Told before there were any: nothing was chosen. */
export const effectiveChoices = (chosen: ChosenChoices | undefined): AccountChoices => ({ ...initialChoices, ...chosen });
