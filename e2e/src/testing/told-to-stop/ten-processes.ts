import { homeOfInstances, type Instance, type Instances } from '../instances';
import { eachService, services, type Service } from './effects';

/** One of the two processes of a service. */
export type Member = { readonly who: string; readonly instance: Instance };

export type TenProcesses = Omit<Instances, 'each'> & {
  readonly of: Readonly<Record<Service, readonly Member[]>>;
  readonly all: readonly Member[];
  /** All services at one address, for whoever is not part of the load. */
  readonly gateway: Instance;
};

/** Each service twice, as processes of their own, and a gateway beside them. None is started yet. */
export const tenProcesses = async (): Promise<TenProcesses> => {
  const { instanceOf, ...home } = await homeOfInstances(2 * services.length + 1);
  const of = eachService((service) =>
    [1, 2].map((number) => ({ who: `${service} ${number}`, instance: instanceOf(service, { STOCKPROOF_MIGRATE: 'true' }) })),
  );
  const addresses = services.map((service) => `${service}=${of[service].map(({ instance }) => new URL(instance.base).host)[0]}`);
  const gateway = instanceOf('gateway', { STOCKPROOF_SERVICES: addresses.join(',') });
  return { ...home, of, all: services.flatMap((service) => of[service]), gateway };
};
