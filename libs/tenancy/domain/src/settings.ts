/** Settings that an organization hands down and an account may set for itself. */
export type InheritableSettings = {
  readonly timeZone: string;
  readonly displayUnits: 'metric' | 'imperial';
  readonly allowSplitting: boolean;
  readonly maximumShipments: number | null;
  readonly allowLineSplit: boolean;
  readonly partialFulfillment: boolean;
  readonly defaultOrderStatus: 'draft' | 'approved';
  readonly automaticSalesWorkflow: boolean;
  readonly automaticPurchaseWorkflow: boolean;
  readonly strictOrder: boolean;
};

export type SettingName = keyof InheritableSettings;

/** What an account has set for itself; everything absent is inherited. */
export type OwnSettings = { readonly [Name in SettingName]?: InheritableSettings[Name] };

/** What holds until somebody says otherwise. */
export const builtInSettings: InheritableSettings = {
  timeZone: 'UTC',
  displayUnits: 'metric',
  allowSplitting: true,
  maximumShipments: null,
  allowLineSplit: false,
  partialFulfillment: false,
  defaultOrderStatus: 'approved',
  automaticSalesWorkflow: true,
  automaticPurchaseWorkflow: true,
  strictOrder: false,
};

export const settingNames = Object.keys(builtInSettings) as readonly SettingName[];

/** Own values over inherited ones. */
export const effectiveSettings = (own: OwnSettings, inherited: InheritableSettings): InheritableSettings => ({ ...inherited, ...own });

/** Where an effective value comes from. */
export const originOf = (name: SettingName, own: OwnSettings): 'account' | 'organization' => (name in own ? 'account' : 'organization');

/** `own` without the named settings: they are inherited again. */
export const withoutSettings = (own: OwnSettings, names: readonly SettingName[]): OwnSettings =>
  Object.fromEntries(Object.entries(own).filter(([name]) => !names.includes(name as SettingName)));

/** Key order does not matter, values are scalars. */
export const sameSettings = (one: OwnSettings, other: OwnSettings): boolean => settingNames.every((name) => one[name] === other[name]);
