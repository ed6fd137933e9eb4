import { skuKey } from '@stockproof/vocabulary';
import type { KnownComponent } from './variant.commands';
import type { Component } from './variant.events';
import type { VariantRejection } from './variant.rejections';

type NotUsable = Extract<VariantRejection, { readonly type: 'ComponentsNotUsable' }>['components'];

/** Every component that cannot be one, and why. */
export const notUsable = (components: readonly KnownComponent[]): NotUsable => {
  const keys = components.map(({ sku }) => skuKey(sku));
  return components.flatMap(({ sku, standing }, index): NotUsable => {
    if (standing !== 'usable') return [{ sku, because: standing }];
    return keys.indexOf(skuKey(sku)) === index ? [] : [{ sku, because: 'twice' }];
  });
};

/** As they are written down. */
export const partsOf = (components: readonly KnownComponent[]): readonly Component[] =>
  components.map(({ sku, quantity }) => ({ sku: sku.trim(), quantity }));

/** Whether a bundle of the one is a bundle of the other, in whatever order and spelling. */
export const sameParts = (one: readonly Component[], other: readonly Component[]): boolean => {
  const quantities = new Map(other.map(({ sku, quantity }) => [skuKey(sku), quantity]));
  return one.length === other.length && one.every(({ sku, quantity }) => quantities.get(skuKey(sku)) === quantity);
};
