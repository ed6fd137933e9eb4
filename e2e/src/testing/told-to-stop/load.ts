import { withoutPatience, type Impatient } from '../caller-without-patience';
import { eventually, type Merchant } from '../merchant';
import { eachService, effectsOf, errands, services, type Acknowledged, type Service } from './effects';
import type { Seen, Told } from './judging';

export type Shop = {
  readonly merchant: Merchant;
  /** Where the processes of a service answer. */
  readonly bases: (service: Service) => readonly string[];
  readonly lanes: number;
};

export type Clients = Readonly<Record<Service, Impatient>>;

/** What was seen while there was load; its effects are not yet counted. */
export type Phase = Omit<Seen, 'effects'> & { readonly name: string; readonly acknowledged: Acknowledged };

/** Load while `tell` tells processes to stop. Where nobody is left in the end it goes on until every service has turned somebody away. */
export const underLoad = async (
  { merchant, bases, lanes }: Shop,
  { name, served }: Pick<Phase, 'name' | 'served'>,
  tell: (clients: Clients) => Promise<readonly Told[]>,
): Promise<Phase> => {
  const clients = eachService((service) => withoutPatience(bases(service), merchant.token));
  const acknowledged = eachService((): string[] => []);
  let stopped = false;
  const goesOn = (): boolean => !stopped && (served || services.some((service) => clients[service].turnedAway() === 0));
  const lane = async (number: number): Promise<void> => {
    // Each begins with another service, so that none is asked by all at the same time.
    const round = services.map((_, index) => services[(number + index) % services.length] as Service);
    for (let step = 0; goesOn(); step++)
      for (const service of round) {
        const { write, body, read } = errands[service];
        const called = `${name}-${number}-${step}`;
        const said = await clients[service].ask('POST', merchant.of(service, write), body(called, merchant));
        if (said !== null) acknowledged[service].push(called);
        await clients[service].ask('GET', merchant.of(service, read));
      }
  };
  const load = Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  try {
    const told = await tell(clients);
    stopped = served;
    await load;
    const asked = services.map((service) => {
      const { answered, refused, turnedAway, failed } = clients[service];
      return { service, answered: answered(), refused: refused(), turnedAway: turnedAway(), failed: failed() };
    });
    return { name, served, told, asked, acknowledged };
  } finally {
    stopped = true;
    await load;
    await Promise.all(services.map((service) => clients[service].close()));
  }
};

/** Requests answered, after which clients are in the midst of work. */
export const inTheMidst = 20;

/** Waits until so many requests more were answered, or one has failed. */
export const answersFurther = async (client: Impatient, requests: number): Promise<void> => {
  const from = client.answered();
  await eventually(
    async () => client.answered() - from,
    (more) => more >= requests || client.failed().length > 0,
  );
};

/** Clients of every service are in the midst of work. */
export const allInTheMidst = (clients: Clients): Promise<unknown> =>
  Promise.all(services.map((service) => answersFurther(clients[service], inTheMidst)));

/** With what lies in the logs, once all that was accepted is worked off. */
export const withEffects = async (phase: Phase, databaseUrl: string): Promise<Seen> => ({
  ...phase,
  effects: await effectsOf(databaseUrl, phase.name, phase.acknowledged),
});
