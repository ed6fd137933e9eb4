import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import { knownProblems, Problems } from '@stockproof/http-problems';
import { accessProblems } from './access-problems';
import type { Permission } from './permissions';

export type Requirement =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'permission'; readonly permission: Permission; readonly whileDisabled: boolean };

export const requirementKey = 'stockproof:requirement';

const secured = (requirement: Requirement, permission: string): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(requirementKey, requirement),
    ApiBearerAuth('accessToken'),
    ApiSecurity('apiKey'),
    ApiExtension('x-permission', permission),
  );

/** The operation needs this permission in the tenant that its path names. `whileDisabled`: also in a disabled account, where otherwise only reads go on. */
export const Requires = (permission: Permission, options: { readonly whileDisabled?: boolean } = {}): MethodDecorator =>
  applyDecorators(
    secured({ kind: 'permission', permission, whileDisabled: options.whileDisabled ?? permission.endsWith(':read') }, permission),
    Problems(accessProblems.unauthenticated, accessProblems.forbidden, knownProblems.notFound, accessProblems.accessUnknown),
  );

/** Everybody who is signed in may do this; it concerns only themselves. */
export const SignedIn = (): MethodDecorator =>
  applyDecorators(secured({ kind: 'signed-in' }, 'signed-in'), Problems(accessProblems.unauthenticated, accessProblems.accessUnknown));

/** Needs no credential: signing in, public keys. */
export const PublicRoute = (): MethodDecorator =>
  applyDecorators(SetMetadata(requirementKey, { kind: 'public' } satisfies Requirement), ApiSecurity({}));
