export type { AddVariant, KnownComponent, VariantCommand } from './variant/variant.commands';
export { variantDecider } from './variant/variant.decider';
export type { Component, Description, Price, Size, VariantEvent } from './variant/variant.events';
export type { VariantRejection } from './variant/variant.rejections';
export type { Variant } from './variant/variant.state';
