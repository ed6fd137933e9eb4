import { ValidateIf } from 'class-validator';

/** Validates a property only where it was sent. Unlike `IsOptional`, `null` is not taken for absent. */
export const IfPresent = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);
