import type { AllocationSettings, RuleChanges } from '@stockproof/stock-domain';
import type { PeriodSettings, WarehouseChanges, WhatIfSettings } from './what-if.requests';

type Changes = WarehouseChanges & { readonly settings?: WhatIfSettings | PeriodSettings };

/** Only what was sent: a property that is there and undefined would hide what stands. */
export const saidOf = (settings: WhatIfSettings | PeriodSettings | undefined): Partial<AllocationSettings> =>
  Object.fromEntries(Object.entries(settings ?? {}).filter(([, value]) => value !== undefined));

/** What a request changes, in the words of the rule. */
export const changesOf = ({ settings, warehouses, ruleVersion }: Changes): RuleChanges => ({
  ...(settings === undefined ? {} : { settings: saidOf(settings) }),
  ...(ruleVersion === undefined ? {} : { ruleVersion }),
  warehouses: (warehouses ?? []).map(({ warehouseId, priority, backOrders, leftOut }) => ({
    warehouseId,
    ...(priority === undefined ? {} : { priority }),
    ...(backOrders === undefined ? {} : { checked: backOrders === 'managed-here' }),
    ...(leftOut === undefined ? {} : { leftOut }),
  })),
});
