import { sql, type Tenant, type TenantReader } from '@stockproof/sql';
import { accountSteps, organizationSteps, type DescribedStep, type SetupStep } from './setup-steps';

export type StepStatus = DescribedStep & { readonly done: boolean };
export type SetupStatus = { readonly steps: readonly StepStatus[]; readonly blocksFirstOrder: readonly SetupStep[] };

const statusOf = async (reader: TenantReader, tenant: Tenant, subjectId: string, steps: readonly DescribedStep[]): Promise<SetupStatus> => {
  const rows = await reader.readAs<{ step: SetupStep }>(
    tenant,
    sql('select distinct step from setup_steps_v2 where account_id = $1', subjectId),
  );
  const done = new Set(rows.map(({ step }) => step));
  const told = steps.map((step) => ({ ...step, done: done.has(step.step) }));
  return { steps: told, blocksFirstOrder: told.filter((step) => step.blocksFirstOrder && !step.done).map(({ step }) => step) };
};

/** The organization's checklist, in order. */
export const organizationSetup = (reader: TenantReader, organizationId: string): Promise<SetupStatus> =>
  statusOf(reader, { kind: 'organization', organizationId }, organizationId, organizationSteps(organizationId));

/** The account's checklist, in order. */
export const accountSetup = (reader: TenantReader, accountId: string): Promise<SetupStatus> =>
  statusOf(reader, { kind: 'account', accountId }, accountId, accountSteps(accountId));
