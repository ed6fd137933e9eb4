import { stateFrom } from '@stockproof/decider';
import { given as givenBy } from '@stockproof/decider-testing';
import fc from 'fast-check';
import type { InstallationCommand } from './installation.commands';
import { installationDecider } from './installation.decider';
import type { InstallationEvent } from './installation.events';

const given = givenBy(installationDecider);

describe('an installation', () => {
  it('has one administrator', () => {
    given()
      .when({ type: 'AppointAdministrator', data: { userId: 'root' } })
      .then(appointed);
    given(appointed)
      .when({ type: 'AppointAdministrator', data: { userId: 'root' } })
      .thenNothing();
    given(appointed)
      .when({ type: 'AppointAdministrator', data: { userId: 'eve' } })
      .thenRejected({ type: 'AdministratorAlreadyAppointed', userId: 'root' });
  });

  it('publishes a signing key under an id of its own', () => {
    given().when(publish('k1', 'x1')).then(published('k1', 'x1'));
    given(published('k1', 'x1')).when(publish('k1', 'x1')).thenNothing();
    given(published('k1', 'x1')).when(publish('k1', 'x2')).thenRejected({ type: 'SigningKeyIdTaken', keyId: 'k1' });
  });

  it('never changes what it said first', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('k1', 'k2'), fc.constantFrom('x1', 'x2'))), (asked) => {
        const model = new Map<string, string>();
        const history = asked.flatMap(([keyId, x], index) => {
          if (!model.has(keyId)) model.set(keyId, x);
          const decision = installationDecider.decide(publish(keyId, x), stateFrom(installationDecider, soFar(asked.slice(0, index))));
          return decision.outcome === 'accepted' ? decision.events : [];
        });
        expect(history).toEqual([...model].map(([keyId, x]) => published(keyId, x)));
      }),
    );
  });
});

const publicJwk = (x: string) => ({ kty: 'EC', crv: 'P-256', x, y: 'y' }) as const;
const appointed: InstallationEvent = { type: 'AdministratorAppointed', data: { userId: 'root' } };
const publish = (keyId: string, x: string): InstallationCommand => ({
  type: 'PublishSigningKey',
  data: { keyId, publicJwk: publicJwk(x) },
});
const published = (keyId: string, x: string): InstallationEvent => ({
  type: 'SigningKeyPublished',
  data: { keyId, publicJwk: publicJwk(x) },
});
const soFar = (asked: readonly (readonly [string, string])[]): readonly InstallationEvent[] =>
  asked.filter(([keyId], index) => asked.findIndex(([other]) => other === keyId) === index).map(([keyId, x]) => published(keyId, x));
