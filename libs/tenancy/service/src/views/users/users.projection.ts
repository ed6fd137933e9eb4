import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { AccountEvent, OrganizationEvent, Sealed, UserEvent } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

type Person = { readonly organizationId: string; readonly accountId?: string; readonly userId: string; readonly role: string };
type Profile = { readonly userId: string; readonly profile: Sealed; readonly language: string; readonly timeZone: string | null };

const placed = ({ userId, organizationId, accountId, role }: Person, active: boolean): Statement =>
  sql(
    `insert into users_v1 (user_id, organization_id, account_id, role, active) values ($1, $2, $3, $4, $5)
     on conflict (user_id) do update set account_id = excluded.account_id, role = excluded.role, active = excluded.active`,
    userId,
    organizationId,
    accountId ?? null,
    role,
    active,
  );

const described = ({ userId, profile, language, timeZone }: Profile, organizationId: string): Statement =>
  sql(
    `insert into users_v1 (user_id, organization_id, profile_subject, profile_sealed, language, time_zone) values ($1, $2, $3, $4, $5, $6)
     on conflict (user_id) do update set profile_subject = excluded.profile_subject, profile_sealed = excluded.profile_sealed,
       language = excluded.language, time_zone = excluded.time_zone`,
    userId,
    organizationId,
    profile.subjectId,
    profile.sealed,
    language,
    timeZone,
  );

/** Organization and account users; their names stay sealed here and are opened for each answer. */
export const usersProjection: Projection = {
  name: 'users',
  version: 1,
  ddl: readFileSync(join(__dirname, 'users.sql'), 'utf8'),
  ...byEventType<OrganizationEvent | AccountEvent | UserEvent>({
    OrganizationUserAdded: (person) => [placed(person, true)],
    OrganizationUserReactivated: (person) => [placed(person, true)],
    OrganizationUserDeactivated: (person) => [placed(person, false)],
    OrganizationRoleChanged: (person) => [placed(person, person.active)],
    AccountUserAdded: (person) => [placed(person, true)],
    AccountUserReactivated: (person) => [placed(person, true)],
    AccountUserDeactivated: (person) => [placed(person, false)],
    AccountRoleChanged: (person) => [placed(person, person.active)],
    UserRegistered: (profile, { meta }) => [described(profile, meta.organizationId)],
    ProfileEdited: (profile, { meta }) => [described(profile, meta.organizationId)],
    PersonForgotten: ({ userId }) => [sql('update users_v1 set profile_subject = null, profile_sealed = null where user_id = $1', userId)],
  }),
};
